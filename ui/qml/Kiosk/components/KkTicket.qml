import QtQuick
import Kiosk

// A ticket: the service above, the number as large as it goes, dashes like a paper's edge below.
Item {
    id: root

    required property string number
    required property string service

    implicitHeight: name.implicitHeight + digits.implicitHeight + 2 * Theme.mm(4)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.edge * 2
        border.color: Theme.primary

        KkText {
            id: name

            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.mm(4) }
            text: root.service
            capital: Theme.leadMm
            color: Theme.soft
            horizontalAlignment: Text.AlignHCenter
        }

        KkNumber {
            id: digits

            anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; verticalCenterOffset: name.implicitHeight / 2 }
            height: implicitHeight
            number: root.number
            capital: Theme.landscape ? (Theme.care ? 22 : 28) : 34
        }
    }
}
