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
    readonly property real third: Math.round(width * (Theme.care ? 0.375 : 0.32))
    readonly property bool marked: flagged || row.masked !== ""
    readonly property int edge: Theme.mm(0.8)
    readonly property bool flagged: row.tone !== "plain"
    readonly property real start: third + Theme.mm(2) + (marked ? mark.size + Theme.mm(2) : 0)
    readonly property real room: width - start - Theme.mm(3) // for the value, and the button where that fits beside
    readonly property bool under: eye && words.implicitWidth > room - button.width - Theme.mm(2)

    signal triggered

    implicitHeight: Math.max(name.implicitHeight, words.implicitHeight + (under ? button.implicitHeight : 0), eye ? button.implicitHeight : 0) + 2 * edge

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

            x: root.start
            y: (parent.height - height - (root.under ? button.height : 0)) / 2
            width: root.room - (root.eye && !root.under ? button.width + Theme.mm(2) : 0)
            text: root.value
            color: root.ink
        }

        KkButton {
            id: button

            objectName: "answer:eye"
            x: parent.width - width - Theme.mm(2)
            y: root.under ? words.y + words.height : (parent.height - height) / 2
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
