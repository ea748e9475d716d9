pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Four corners, between which a page is laid; dark and light, to be seen on any picture.
Item {
    id: root

    readonly property int arm: Theme.mm(12)
    readonly property int thick: Theme.mm(1.6)

    Repeater {
        model: 4

        Item {
            id: corner

            required property int index
            readonly property bool east: index % 2 === 1
            readonly property bool low: index > 1

            x: east ? root.width - root.arm : 0
            y: low ? root.height - root.arm : 0
            width: root.arm
            height: root.arm

            Rectangle {
                y: corner.low ? parent.height - height : 0
                width: parent.width
                height: root.thick
                color: Theme.accent
                border.width: Theme.edge / 2
                border.color: Theme.bright
            }

            Rectangle {
                x: corner.east ? parent.width - width : 0
                width: root.thick
                height: parent.height
                color: Theme.accent
                border.width: Theme.edge / 2
                border.color: Theme.bright
            }
        }
    }
}
