import QtQuick
import Kiosk

// One point of a list; the points together are a white sheet.
Item {
    id: root

    required property string text
    property bool first: false
    property bool last: false
    property real capital: Theme.care ? Theme.textMm : 6.4
    readonly property bool joined: !first
    readonly property int above: Theme.mm(first ? 5 : 2)
    readonly property int below: Theme.mm(last ? 5 : 2)

    implicitHeight: text === "" ? 0 : words.implicitHeight + above + below

    Rectangle {
        anchors.fill: parent
        radius: root.first || root.last ? Theme.radius : 0
        visible: root.text !== ""
        color: Theme.surface

        Rectangle {
            y: root.first ? Theme.radius : 0
            width: parent.width
            height: parent.height - (root.first ? Theme.radius : 0) - (root.last ? Theme.radius : 0)
            color: Theme.surface
        }

        KkIcon {
            id: mark

            x: Theme.mm(5)
            y: root.above + Math.round((words.implicitHeight / words.lineCount - size) / 2)
            name: "caret-right"
            size: Theme.mm(root.capital)
            color: Theme.accent
        }

        KkText {
            id: words

            anchors { left: mark.right; leftMargin: Theme.mm(3); right: parent.right; rightMargin: Theme.mm(5) }
            y: root.above
            text: root.text
            capital: root.capital
        }
    }
}
