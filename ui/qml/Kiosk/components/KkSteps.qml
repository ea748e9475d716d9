pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// How far the citizen is: a bar of segments and the same in words; nothing outside of a service.
Item {
    id: root

    required property int step
    required property int of
    required property string text

    height: of > 0 ? label.implicitHeight + Theme.mm(5) : 0
    visible: of > 0

    KkText {
        id: label

        anchors { left: parent.left; leftMargin: Theme.margin; bottom: parent.bottom }
        text: root.text
        color: Theme.soft
        wrapMode: Text.NoWrap
    }

    Row {
        anchors { left: label.right; leftMargin: Theme.mm(5); right: parent.right; rightMargin: Theme.margin; verticalCenter: label.verticalCenter }
        spacing: Theme.mm(1.5)
        height: Theme.mm(2.4)

        Repeater {
            model: root.of

            Rectangle {
                id: segment

                required property int index

                width: (segment.parent.width - (root.of - 1) * Theme.mm(1.5)) / root.of
                height: Theme.mm(2.4)
                radius: height / 2
                color: index < root.step ? Theme.primary : Theme.surface
                border.width: index < root.step ? 0 : Theme.edge
                border.color: Theme.line
            }
        }
    }
}
