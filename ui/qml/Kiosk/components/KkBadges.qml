pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Short facts that stand out, side by side.
Item {
    id: root

    required property var badges
    readonly property bool wide: true
    readonly property bool fixed: true

    implicitHeight: badges.length === 0 ? 0 : Math.max(1, flow.implicitHeight) // never absent, or it would get no width

    Flow {
        id: flow

        width: root.width
        spacing: Theme.mm(3)

        Repeater {
            model: root.badges

            Rectangle {
                id: badge

                required property var modelData
                readonly property var look: Theme.tones[modelData.tone]
                readonly property int inset: Theme.mm(3.5)
                readonly property int iconSpace: modelData.tone === "plain" ? 0 : picture.size + Theme.mm(1.5)

                width: Math.min(flow.width, Math.ceil(words.implicitWidth) + 1 + iconSpace + 2 * inset)
                height: words.implicitHeight + 2 * Theme.mm(1)
                radius: Math.min(height / 2, Theme.mm(6))
                color: look.soft
                border.width: Theme.edge
                border.color: look.edge

                KkIcon {
                    id: picture

                    anchors { left: parent.left; leftMargin: badge.inset; verticalCenter: parent.verticalCenter }
                    visible: badge.iconSpace > 0
                    name: badge.look.icon
                    size: Theme.mm(Theme.textMm * 1.4)
                    color: badge.look.edge
                }

                KkText {
                    id: words

                    x: badge.inset + badge.iconSpace
                    width: badge.width - x - badge.inset
                    anchors.verticalCenter: parent.verticalCenter
                    text: badge.modelData.label
                    color: badge.look.ink
                }
            }
        }
    }
}
