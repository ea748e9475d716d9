import QtQuick
import Kiosk

// A label and its value as a row of a table.
Item {
    id: root

    required property var row
    property bool revealed: true
    property bool eye: false // carries the button that opens and closes what is masked
    readonly property bool joined: true
    readonly property string value: revealed || row.masked === "" ? row.value : row.masked
    readonly property color ink: row.tone === "plain" ? Theme.ink : Theme.tones[row.tone].ink
    readonly property real third: Math.round(width * (Theme.care ? 0.36 : 0.32))
    readonly property bool marked: flagged || row.masked !== ""
    readonly property int edge: Theme.mm(0.8)
    readonly property bool flagged: row.tone !== "plain"

    signal triggered

    implicitHeight: Math.max(name.implicitHeight, words.implicitHeight, eye ? button.implicitHeight : 0) + 2 * edge

    Rectangle {
        anchors.fill: parent
        color: root.flagged ? Theme.tones[root.row.tone].soft : Theme.surface

        KkText {
            id: name

            x: Theme.mm(4)
            y: (parent.height - height) / 2
            width: root.third - Theme.mm(4)
            text: root.row.label
            color: root.flagged ? root.ink : Theme.soft
        }

        KkIcon {
            id: mark

            x: root.third + Theme.mm(2)
            y: words.y
            visible: root.marked
            name: root.flagged ? Theme.tones[root.row.tone].icon : root.revealed ? "eye" : "eye-slash"
            size: words.font.pixelSize * 1.2
            color: root.flagged ? Theme.tones[root.row.tone].edge : Theme.soft
        }

        KkText {
            id: words

            x: root.third + Theme.mm(2) + (root.marked ? mark.size + Theme.mm(2) : 0)
            y: (parent.height - height) / 2
            width: parent.width - x - Theme.mm(3) - (root.eye ? button.width + Theme.mm(2) : 0)
            text: root.value
            color: root.ink
        }

        KkButton {
            id: button

            objectName: "answer:eye"
            anchors { right: parent.right; rightMargin: Theme.mm(2); verticalCenter: parent.verticalCenter }
            visible: root.eye
            icon: root.revealed ? "eye-slash" : "eye"
            label: root.revealed ? Theme.words.hide : Theme.words.show
            onTriggered: root.triggered()
        }

        Rectangle {
            anchors.bottom: parent.bottom
            x: Theme.mm(4)
            width: parent.width - 2 * x
            height: 1
            color: Theme.shut
        }
    }
}
