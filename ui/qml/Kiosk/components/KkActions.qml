pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "pages.js" as Pages

// The buttons at the bottom of a screen, the primary one first: stacked in portrait, side by side in landscape.
// Each of `actions` is { action, value, label, icon, primary, enabled, why, name }; what is left out is empty or true. `name` is the
// button's where it answers nothing.
Item {
    id: root

    required property list<var> actions
    property bool beside: Theme.landscape
    readonly property int columns: beside ? Math.max(1, actions.length) : 1

    property int tall: 0 // of the highest button beside others

    signal answered(string action, string value)

    implicitHeight: actions.length === 0 ? 0 : grid.height

    Grid {
        id: grid

        columns: root.columns
        spacing: Math.max(Theme.gap, Theme.mm(4))
        layoutDirection: root.beside ? Qt.RightToLeft : Qt.LeftToRight

        Repeater {
            model: root.actions

            KkButton {
                required property var modelData
                readonly property int needs: implicitHeight

                objectName: modelData.name ?? "answer:" + modelData.action + (modelData.value ? ":" + modelData.value : "")
                width: (root.width - (root.columns - 1) * grid.spacing) / root.columns
                height: Math.max(implicitHeight, root.beside ? root.tall : 0)
                main: true
                kind: modelData.primary ? "primary" : "plain"
                icon: modelData.icon ?? ""
                label: modelData.label
                more: available ? "" : modelData.why ?? ""
                about: more
                available: modelData.enabled !== false
                onNeedsChanged: root.tall = Pages.tallest(grid.children)
                onTriggered: root.answered(modelData.action, modelData.value ?? "")
            }
        }
    }
}
