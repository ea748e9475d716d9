import QtQuick
import Kiosk

// A short fact as a card: icon, caption and the value large.
Item {
    id: root

    property string icon
    property string caption
    property string value

    implicitHeight: value === "" ? 0 : head.implicitHeight + body.implicitHeight + 2 * Theme.mm(3)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surface

        KkIcon {
            id: picture

            x: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            name: root.icon
            size: Theme.mm(Theme.care ? 13 : 11)
        }

        Item {
            anchors { left: picture.right; leftMargin: Theme.mm(4); right: parent.right; rightMargin: Theme.mm(3); verticalCenter: parent.verticalCenter }
            height: head.implicitHeight + body.implicitHeight

            KkText {
                id: head

                width: parent.width
                text: root.caption
                color: Theme.soft
            }

            KkText {
                id: body

                y: head.implicitHeight
                width: parent.width
                text: root.value
                capital: Theme.care ? 8.4 : 7
                heading: true
            }
        }
    }
}
