import QtQuick
import Kiosk

// How something stands that goes on by itself; the dot beats while it is awaited.
Item {
    id: root

    required property string text
    required property bool busy

    implicitHeight: text === "" ? 0 : Math.max(words.implicitHeight, dot.width) + 2 * Theme.mm(3)

    Rectangle {
        anchors.fill: parent
        visible: root.text !== ""
        radius: Theme.radius
        color: root.busy ? Theme.accentSoft : Theme.primarySoft

        Accessible.role: Accessible.ProgressBar
        Accessible.name: root.text

        Rectangle {
            id: dot

            anchors { left: parent.left; leftMargin: Theme.pad; verticalCenter: parent.verticalCenter }
            width: Theme.mm(9)
            height: width
            radius: width / 2
            visible: root.busy && !Theme.still
            color: beat.lit ? Theme.accent : Theme.surface
            border.width: Theme.edge
            border.color: Theme.accent
        }

        KkIcon {
            anchors.centerIn: dot
            visible: !dot.visible
            name: root.busy ? "hourglass-medium" : "info"
            size: Theme.mm(9)
            color: root.busy ? Theme.accent : Theme.primary
        }

        KkText {
            id: words

            anchors { left: dot.right; leftMargin: Theme.mm(4); right: parent.right; rightMargin: Theme.pad; verticalCenter: parent.verticalCenter }
            text: root.text
            capital: Theme.leadMm
            color: root.busy ? Theme.accentInk : Theme.primary
        }
    }

    Timer {
        id: beat

        property bool lit: true

        interval: 500
        running: dot.visible && root.visible
        repeat: true
        onTriggered: lit = !lit
    }
}
