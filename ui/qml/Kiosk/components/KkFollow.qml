import QtQuick
import Kiosk
import Kiosk.Bridge

// A QR code for the citizen's own phone, with what it is good for beside it or below it.
Item {
    id: root

    required property string url
    property string hint: Theme.words.follow
    property bool below: false
    property int side: Theme.mm(48)
    readonly property int edge: Theme.mm(3)

    implicitHeight: url === "" ? 0 : below ? side + words.implicitHeight + 3 * edge : Math.max(side, words.implicitHeight) + 2 * edge

    Rectangle {
        anchors.fill: parent
        visible: root.url !== ""
        radius: Theme.radius
        color: Theme.surface

        Image {
            id: code

            x: root.below ? (parent.width - width) / 2 : Theme.mm(6)
            y: root.below ? root.edge : (parent.height - height) / 2
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
            id: words

            x: root.below ? Theme.mm(4) : code.x + code.width + Theme.mm(6)
            y: root.below ? code.y + code.height + root.edge : (parent.height - height) / 2
            width: parent.width - x - Theme.mm(root.below ? 4 : 5)
            text: root.hint
            capital: root.below ? Theme.textMm : Theme.leadMm
            horizontalAlignment: root.below ? Text.AlignHCenter : Text.AlignLeft
        }
    }
}
