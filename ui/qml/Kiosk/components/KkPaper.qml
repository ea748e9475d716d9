import QtQuick
import Kiosk

// Where the paper is: a drawing of this machine beside the sentence; without a place only the sentence.
Item {
    id: root

    required property string spot
    required property string text
    readonly property int side: spot === "" ? 0 : Theme.mm(Theme.landscape || Theme.care ? 74 : 92)

    implicitHeight: text === "" ? 0 : Math.max(words.implicitHeight + 2 * Theme.mm(4), spot === "" ? 0 : Theme.mm(Theme.landscape ? 48 : 62))

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.spot === "" ? Theme.accentSoft : Theme.surface

        KkMachine {
            anchors { left: parent.left; top: parent.top; bottom: parent.bottom; margins: Theme.mm(3) }
            width: root.side
            visible: root.spot !== ""
            spot: root.spot
            reach: 15
        }

        KkText {
            id: words

            anchors { left: parent.left; leftMargin: root.side + Theme.mm(6); right: parent.right; rightMargin: Theme.mm(5); verticalCenter: parent.verticalCenter }
            text: root.text
            capital: Theme.leadMm
            color: root.spot === "" ? Theme.accentInk : Theme.ink
        }
    }
}
