pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A floor from above: its areas to scale with their numbers, names where they fit, and where one stands.
Rectangle {
    id: root

    required property var areas
    required property var here
    readonly property int inset: Theme.mm(2)
    readonly property real across: width - 2 * inset
    readonly property real down: height - 2 * inset

    signal chosen(string value)

    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.edge * 2
    border.color: Theme.soft

    Repeater {
        model: root.areas

        Rectangle {
            id: area

            required property var modelData
            required property int index
            readonly property bool marked: modelData.marked
            readonly property bool named: name.implicitHeight + number.height + Theme.mm(1) <= height && name.contentWidth <= name.width

            readonly property bool stoodIn: Boolean(root.here) && root.here[0] >= modelData.x && root.here[0] <= modelData.x + modelData.width && root.here[1] >= modelData.y && root.here[1] <= modelData.y + modelData.height
            readonly property real words: number.height + (named ? name.implicitHeight : 0)
            // In the middle, or clear of the mark of where one stands.
            readonly property real wordsAt: !stoodIn ? (height - words) / 2 : root.here[1] > modelData.y + modelData.height / 2 ? Theme.mm(1) : height - words - Theme.mm(1)

            x: root.inset + modelData.x * root.across + Theme.mm(0.5)
            y: root.inset + modelData.y * root.down + Theme.mm(0.5)
            width: Math.max(Theme.mm(10), modelData.width * root.across - Theme.mm(1))
            height: Math.max(Theme.mm(10), modelData.height * root.down - Theme.mm(1))
            radius: Theme.mm(1)
            z: marked ? 1 : 0
            color: marked ? Theme.accentSoft : tap.pressed ? Theme.primarySoft : Theme.ground
            border.width: marked ? Theme.edge * 3 : Theme.edge
            border.color: marked ? Theme.accent : Theme.line

            Accessible.role: Accessible.Graphic
            Accessible.name: area.index + 1 + " " + modelData.label

            TapHandler {
                id: tap

                gesturePolicy: TapHandler.ReleaseWithinBounds
                longPressThreshold: 0
                onTapped: root.chosen(area.modelData.value)
            }

            Item {
                id: number

                anchors.horizontalCenter: parent.horizontalCenter
                y: area.wordsAt
                width: digits.implicitWidth + (pin.visible ? pin.size + Theme.mm(1) : 0)
                height: digits.implicitHeight

                KkIcon {
                    id: pin

                    anchors.verticalCenter: parent.verticalCenter
                    visible: area.marked && area.width > size + digits.implicitWidth + Theme.mm(3)
                    name: "map-pin-fill"
                    size: Theme.mm(Theme.textMm * 1.6)
                    color: Theme.accent
                }

                KkText {
                    id: digits

                    anchors.right: parent.right
                    text: area.index + 1
                    heading: true
                    color: area.marked ? Theme.accentInk : Theme.primary
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }

            KkText {
                id: name

                anchors.top: number.bottom
                x: Theme.mm(1)
                width: parent.width - 2 * x
                visible: area.named
                text: area.modelData.label
                color: area.marked ? Theme.accentInk : Theme.ink
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }

    KkHere {
        visible: Boolean(root.here)
        x: root.here ? Math.max(0, Math.min(parent.width - width, root.inset + root.here[0] * root.across - width / 2)) : 0
        y: root.here ? Math.max(0, Math.min(parent.height - height, root.inset + root.here[1] * root.down - height / 2)) : 0
        z: 2
    }
}
