import QtQuick
import Kiosk

// A soft panel in a tone: an icon beside a caption and a text. Absent when the text is empty.
Item {
    id: root

    readonly property bool fixed: true

    property string icon
    property string caption
    property string text
    property string tone: "plain"
    property real capital: Theme.textMm
    property bool strong: false
    readonly property var look: Theme.tones[tone]
    readonly property int inset: Theme.pad + (icon === "" ? 0 : picture.size + Theme.mm(4))

    implicitHeight: text === "" ? 0 : (caption === "" ? 0 : head.implicitHeight) + body.implicitHeight + 2 * Theme.mm(2.6)

    Rectangle {
        anchors.fill: parent
        visible: root.text !== ""
        radius: Theme.radius
        color: root.look.soft

        KkIcon {
            id: picture

            x: Theme.pad
            anchors.verticalCenter: parent.verticalCenter
            name: root.icon
            size: Theme.mm(root.capital * 1.8)
            color: root.look.edge
        }

        Item {
            anchors { left: parent.left; leftMargin: root.inset; right: parent.right; rightMargin: Theme.pad; verticalCenter: parent.verticalCenter }
            height: (root.caption === "" ? 0 : head.implicitHeight) + body.implicitHeight

            KkText {
                id: head

                width: parent.width
                visible: root.caption !== ""
                text: root.caption
                color: root.look.ink
                heading: true
            }

            KkText {
                id: body

                y: root.caption === "" ? 0 : head.implicitHeight
                width: parent.width
                text: root.text
                capital: root.capital
                heading: root.strong
                color: root.look.ink
            }
        }
    }
}
