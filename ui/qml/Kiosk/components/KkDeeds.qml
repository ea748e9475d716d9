pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// What can be done as buttons, the first one over the whole width; on pages of their own where there are more than fit.
KkPaged {
    id: root

    required property var options
    property bool main: true // whether the first one is the main one
    property bool small: false // no higher than they must be

    signal answered(string action, string value)

    part: "deeds"
    follows: true
    gap: Math.max(Theme.gap, Theme.mm(4))

    Repeater {
        model: root.options

        KkDeed {
            required property var modelData
            required property int index
            // The main one stands alone, and so does the last where nothing would stand beside it.
            readonly property bool wide: (root.main && index === 0) || (index === root.options.length - 1 && (index - (root.main ? 1 : 0)) % root.columns === 0)

            objectName: "answer:choose:" + modelData.value
            main: !root.small
            option: modelData
            kind: root.main && index === 0 ? "primary" : "plain"
            onTriggered: root.answered("choose", modelData.value)
        }
    }
}
