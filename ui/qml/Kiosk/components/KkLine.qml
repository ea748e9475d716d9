import QtQuick
import Kiosk

// A line of text on a white sheet, with its number or a dot before it; a part that goes on from the one before has neither.
Item {
    id: root

    required property string text
    required property string mark
    readonly property bool joined: true
    readonly property bool numbered: mark !== "" && mark !== "dot"
    readonly property int indent: Theme.mm(Theme.care ? 19 : 14)
    readonly property int edge: Theme.mm(1.2)

    implicitHeight: Math.max(words.implicitHeight, numbered ? disc.height : 0) + 2 * edge

    Rectangle {
        anchors.fill: parent
        color: Theme.surface

        Rectangle {
            id: disc

            x: (root.indent - width) / 2
            y: root.edge
            width: Theme.mm(Theme.care ? 14 : 10)
            height: width
            radius: width / 2
            visible: root.numbered
            color: Theme.primarySoft

            KkText {
                anchors.centerIn: parent
                text: root.numbered ? root.mark : ""
                color: Theme.primary
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        Rectangle {
            x: (root.indent - width) / 2
            y: root.edge + (words.implicitHeight / words.lineCount - height) / 2
            width: Theme.mm(2)
            height: width
            radius: width / 2
            visible: root.mark === "dot"
            color: Theme.accent
        }

        KkText {
            id: words

            x: root.indent
            y: root.edge + (root.numbered ? Math.max(0, (disc.height - implicitHeight / lineCount) / 2) : 0)
            width: parent.width - x - Theme.mm(4)
            text: root.text
            Accessible.name: root.numbered ? root.mark + " " + root.text : root.text
        }
    }
}
