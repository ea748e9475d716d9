import QtQuick
import Kiosk

// An area of a map in its index: the number it has there, and its name.
KkTarget {
    id: root

    required property var area
    required property int number

    label: number + " " + area.label
    implicitHeight: Math.max(Theme.target, words.implicitHeight + 2 * Theme.mm(2))

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.area.marked ? Theme.accentSoft : root.pressed ? Theme.primarySoft : Theme.surface
        border.width: root.area.marked ? Theme.edge * 3 : Theme.edge
        border.color: root.area.marked ? Theme.accent : Theme.line

        KkText {
            id: digits

            anchors { left: parent.left; leftMargin: Theme.mm(3); verticalCenter: parent.verticalCenter }
            width: Theme.mm(Theme.care ? 15 : 11)
            text: root.number
            heading: true
            color: root.area.marked ? Theme.accentInk : Theme.primary
            Accessible.ignored: true
        }

        KkText {
            id: words

            anchors { left: digits.right; right: pin.left; rightMargin: Theme.mm(1); verticalCenter: parent.verticalCenter }
            text: root.area.label
            color: root.area.marked ? Theme.accentInk : Theme.ink
            Accessible.ignored: true
        }

        KkIcon {
            id: pin

            anchors { right: parent.right; rightMargin: Theme.mm(2); verticalCenter: parent.verticalCenter }
            name: root.area.marked ? "map-pin-fill" : ""
            size: root.area.marked ? Theme.mm(Theme.textMm * 1.6) : 1
            color: Theme.accent
        }
    }
}
