import QtQuick
import Kiosk

// A place on the machine's front as it looks: a card field, a scanning window or a paper slot.
Item {
    id: root

    required property string kind
    required property bool active
    required property real unit // width of the front
    readonly property bool slot: kind === "receipt_printer" || kind === "a4_printer"

    width: unit * (kind === "a4_printer" ? 0.42 : slot ? 0.24 : 0.2)
    height: unit * (slot ? 0.06 : 0.15)

    Rectangle {
        anchors.fill: parent
        anchors.margins: -Theme.mm(2)
        visible: root.active
        radius: Theme.radius
        color: Theme.accentSoft
        border.width: Theme.ring
        border.color: Theme.accent
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.mm(1)
        color: root.slot ? Theme.soft : Theme.ground
        border.width: Theme.edge
        border.color: root.active ? Theme.accent : Theme.line

        Rectangle {
            anchors.centerIn: parent
            width: parent.width * 0.7
            height: Theme.edge
            visible: root.slot
            color: Theme.surface
        }

        KkIcon {
            anchors.centerIn: parent
            visible: !root.slot
            name: root.kind
            size: Math.round(parent.height * 0.72)
            color: root.active ? Theme.accent : Theme.soft
        }
    }
}
