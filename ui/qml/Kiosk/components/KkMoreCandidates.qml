import QtQuick
import Kiosk
import "candidates.js" as Candidates

// All candidates, in pages over the whole keyboard.
Item {
    id: root

    required property list<string> texts
    required property real unit
    required property int gap
    required property real tall
    property int room: 1000
    property int page: 0
    readonly property int rows: Math.max(1, Math.floor((height + gap) / (tall + gap)) - 1)
    readonly property var firsts: Candidates.pages(texts, rows, 10, many => sheet.measure(many))

    signal picked(int number)
    signal closed

    onTextsChanged: page = 0

    KkCandidates {
        id: sheet

        width: parent.width
        height: root.rows * (root.tall + root.gap) - root.gap
        texts: root.texts
        unit: root.unit
        gap: root.gap
        rows: root.rows
        room: root.room
        first: root.firsts[root.page] ?? 0
        onPicked: number => root.picked(number)
    }

    KkKeyRow {
        anchors.bottom: parent.bottom
        width: parent.width
        height: root.tall
        unit: root.unit
        gap: root.gap
        shut: root.page >= root.firsts.length - 1
        blank: root.page === 0
        keys: [
            { name: "page-previous", label: Theme.words.previous, span: 2.5, special: true, takes: true },
            { name: "page-next", label: Theme.words.keyNext, span: 2.5, special: true, adds: true },
            { name: "close", label: Theme.words.keyClose, span: 2.5, special: true }
        ]
        onPressed: name => {
            if (name === "close")
                root.closed();
            else
                root.page += name === "page-next" ? 1 : -1;
        }
    }
}
