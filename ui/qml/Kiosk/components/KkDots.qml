pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Something is being done: the light passes from dot to dot; at rest an hourglass where motion is unwanted.
Item {
    id: root

    property int lit: 0
    readonly property int count: 5

    implicitHeight: Theme.mm(26)

    Accessible.role: Accessible.ProgressBar
    Accessible.name: Theme.words.working

    KkIcon {
        anchors.centerIn: parent
        visible: Theme.still
        name: "hourglass-medium"
        size: Theme.mm(20)
    }

    Repeater {
        model: Theme.still ? 0 : root.count

        Rectangle {
            id: dot

            required property int index

            x: root.width / 2 + (index - (root.count - 1) / 2) * Theme.mm(15) - width / 2
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.mm(9)
            height: width
            radius: width / 2
            color: index === root.lit ? Theme.accent : Theme.surface
            border.width: index === root.lit ? 0 : Theme.edge
            border.color: Theme.line
        }
    }

    Timer {
        interval: 250
        running: !Theme.still && root.visible
        repeat: true
        onTriggered: root.lit = (root.lit + 1) % root.count
    }
}
