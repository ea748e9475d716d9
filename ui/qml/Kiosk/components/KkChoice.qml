pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "candidates.js" as Candidates

// The likeliest candidates in the first row of a keyboard, and all of them over the whole of it when it is `opened`.
Item {
    id: root

    required property list<string> texts
    required property real unit
    required property int gap
    required property real tall // of a row
    required property int room
    required property bool opened

    signal picked(int number)
    signal turned // open or close

    KkCandidates {
        id: few

        readonly property bool whole: Candidates.pack(texts, 0, 1, 10, many => measure(many)).length === texts.length

        width: parent.width
        height: root.tall
        visible: !root.opened
        texts: root.texts
        unit: root.unit
        gap: root.gap
        units: whole ? 10 : 8
        room: root.room
        onPicked: number => root.picked(number)
    }

    KkKey {
        objectName: "key:more"
        x: 8.5 * (root.unit + root.gap)
        width: 1.5 * (root.unit + root.gap) - root.gap
        height: root.tall
        visible: !root.opened && !few.whole
        label: Theme.words.more
        icon: "caret-down"
        special: true
        capital: Theme.care ? Theme.textMm : 5.4
        onTriggered: root.turned()
    }

    Loader {
        anchors.fill: parent
        active: root.opened
        visible: active
        sourceComponent: KkMoreCandidates {
            texts: root.texts
            unit: root.unit
            gap: root.gap
            tall: root.tall
            room: root.room
            onPicked: number => root.picked(number)
            onClosed: root.turned()
        }
    }
}
