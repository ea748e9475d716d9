pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Keys in our own window: a telephone's twelve, those and an X, or digits and letters in order. Never narrower than a target may be.
Item {
    id: root

    required property string pad
    property bool full: false
    property bool blank: true

    signal typed(string character)
    signal removed
    signal cleared

    readonly property bool identity: pad === "idNumber"
    readonly property bool phone: pad === "digits" || identity
    readonly property var keys: {
        const ends = ["clear", "delete"];
        if (identity)
            return [..."123456789", "X", "0", "delete", "clear"];
        if (phone)
            return [..."123456789", "clear", "0", "delete"];
        return [..."1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ", ...ends];
    }
    readonly property int gap: Math.max(Theme.gap, Theme.mm(3))
    readonly property int columns: phone ? 3 : Math.max(4, Math.min(10, Math.floor((width + gap) / (Theme.target + gap))))
    readonly property int rows: Math.ceil((keys.length + (phone ? 0 : 2)) / columns)
    readonly property real side: (width - (columns - 1) * gap) / columns
    readonly property int most: Math.min(Theme.mm(38), side * 1.5)
    readonly property real tall: Math.max(Theme.target, Math.min((height - (rows - 1) * gap) / rows, most))

    implicitHeight: rows * Theme.target + (rows - 1) * gap

    Repeater {
        model: root.keys

        KkKey {
            required property string modelData
            required property int index
            // Clear and delete of the letter pad are two keys wide; clear below an X is a row.
            readonly property int span: special && !root.phone ? 2 : root.identity && modelData === "clear" ? 3 : 1
            readonly property int cell: modelData === "delete" && !root.phone ? index + 1 : index

            objectName: special ? "pad:" + modelData : "key:" + modelData
            x: (cell % root.columns) * (root.side + root.gap)
            y: Math.floor(cell / root.columns) * (root.tall + root.gap)
            width: span * root.side + (span - 1) * root.gap
            height: root.tall
            label: !special ? modelData : modelData === "clear" ? Theme.words.clear : Theme.words.delete
            icon: modelData === "delete" ? "backspace" : ""
            special: modelData.length > 1
            available: special ? !root.blank : !root.full
            onTriggered: {
                if (modelData === "clear")
                    root.cleared();
                else if (modelData === "delete")
                    root.removed();
                else
                    root.typed(modelData);
            }
        }
    }
}
