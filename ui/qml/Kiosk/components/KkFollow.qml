import QtQuick
import Kiosk
import Kiosk.Bridge

// A QR code for the citizen's own phone.
Item {
    id: root

    required property string url
    readonly property int side: Theme.mm(48)

    implicitHeight: url === "" ? 0 : side + 2 * Theme.mm(3)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surface

        Image {
            id: code

            anchors { left: parent.left; leftMargin: Theme.mm(6); verticalCenter: parent.verticalCenter }
            width: root.side
            height: root.side
            source: QrCode.source(root.url, root.side)
            cache: false // nothing about a citizen stays behind
            smooth: false
            fillMode: Image.PreserveAspectFit

            Accessible.role: Accessible.Graphic
            Accessible.name: Theme.words.qrCode
        }

        KkText {
            anchors { left: code.right; leftMargin: Theme.mm(6); right: parent.right; rightMargin: Theme.mm(5); verticalCenter: parent.verticalCenter }
            text: Theme.words.follow
            capital: Theme.leadMm
        }
    }
}
