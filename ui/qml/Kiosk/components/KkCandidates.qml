pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "candidates.js" as Candidates

// Characters and phrases to choose from, in rows of as many units as the keys of a keyboard have, beginning with the one at `first`.
Item {
    id: root

    required property list<string> texts
    required property real unit
    required property int gap
    property int first: 0
    property int units: 10
    property int rows: 1
    property int room: 1000 // characters that the field still takes
    readonly property real tall: (height - (rows - 1) * gap) / rows
    readonly property real capital: Theme.care ? 9 : 7
    readonly property var places: Candidates.pack(texts, first, rows, units, measure)

    signal picked(int number)

    // Units that `many` characters take.
    function measure(many: int): int {
        return Math.ceil((many * Theme.px(capital) + 2 * Theme.mm(2) + gap) / (unit + gap));
    }

    Repeater {
        model: root.rows * 10 // never made anew while somebody types

        KkKey {
            required property int index
            readonly property int number: root.first + index
            readonly property var place: root.places[index] ?? null

            objectName: "candidate:" + number
            visible: place !== null
            x: (place?.left ?? 0) * (root.unit + root.gap)
            y: (place?.row ?? 0) * (root.tall + root.gap)
            width: (place?.span ?? 1) * (root.unit + root.gap) - root.gap
            height: root.tall
            label: root.texts[number] ?? ""
            capital: root.capital
            available: Candidates.count(label) <= root.room
            onTriggered: root.picked(number)
        }
    }
}
