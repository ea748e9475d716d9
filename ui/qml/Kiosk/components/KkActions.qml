pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "pages.js" as Pages

// The buttons at the bottom of a screen, the primary one first: stacked in portrait, side by side in landscape.
// Each of `actions` is { action, value, label, icon, primary, enabled, why }; what is left out is empty or true.
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

            Column {
                id: cell

                required property var modelData
                required property int index
                readonly property int needs: button.implicitHeight
                readonly property bool available: modelData.enabled !== false

                width: (root.width - (root.columns - 1) * grid.spacing) / root.columns
                spacing: Theme.mm(1)

                KkText {
                    width: parent.width
                    visible: !cell.available && text !== ""
                    text: cell.modelData.why ?? ""
                    color: Theme.accentInk
                    horizontalAlignment: Text.AlignHCenter
                }

                onNeedsChanged: root.tall = Pages.tallest(grid.children)

                KkButton {
                    id: button

                    objectName: "answer:" + cell.modelData.action + (cell.modelData.value ? ":" + cell.modelData.value : "")
                    width: parent.width
                    height: Math.max(implicitHeight, root.beside ? root.tall : 0)
                    main: true
                    kind: cell.modelData.primary ? "primary" : "plain"
                    icon: cell.modelData.icon ?? ""
                    label: cell.modelData.label
                    about: cell.available ? "" : cell.modelData.why ?? ""
                    available: cell.available
                    onTriggered: root.answered(cell.modelData.action, cell.modelData.value ?? "")
                }
            }
        }
    }
}
