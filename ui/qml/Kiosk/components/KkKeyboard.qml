pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "boards.js" as Boards

// The keyboard of a field for words: `letters`, `plate`, or `text` with Chinese by pinyin. It types at the end of `text`.
// What is `composing` is not in the field yet: the field shows it underlined, and a search takes it for the end of what is searched,
// since it understands pinyin and initials. `settle` makes characters of it, as before the field is left.
// A screen hands it the keys of a keyboard with a plug by `Keys.forwardTo`.
Item {
    id: root

    property string pad: "text"
    property string text
    property int room: 1000 // characters that the field still takes
    property bool opened: false // all candidates are shown
    readonly property string composing: typing.composing
    readonly property var rows: Boards.rows(pad, typing.look, typing.modes, names.says)
    readonly property int gap: Theme.gap
    readonly property real unit: (width - 9 * gap) / 10
    readonly property real tall: (height - (rows.length - 1) * gap) / rows.length
    readonly property real wish: rows.length * Math.min(Theme.mm(28), unit * 1.1) + (rows.length - 1) * gap
    readonly property int least: 10 * Theme.target + 9 * gap // width with keys that can be hit

    signal typed(string characters)
    signal removed
    signal cleared
    signal entered

    function settle(): void {
        typing.settle();
    }

    implicitHeight: rows.length * Theme.target + (rows.length - 1) * gap
    Keys.onPressed: event => event.accepted = typing.hear(event)

    KkKeyNames {
        id: names
    }

    KkTyping {
        id: typing

        writing: writing
        pad: root.pad
        text: root.text
        room: root.room
        onTyped: characters => root.typed(characters)
        onRemoved: root.removed()
        onCleared: root.cleared()
        onEntered: root.entered()
        onBusyChanged: root.opened = false
        onComposingChanged: root.opened = false
    }

    Repeater {
        model: root.rows.length

        KkKeyRow {
            required property int index

            y: index * (root.tall + root.gap)
            width: root.width
            height: root.tall
            visible: !root.opened && (index > 0 || !typing.busy)
            keys: root.rows[index] ?? []
            unit: root.unit
            gap: root.gap
            middle: root.pad !== "plate"
            shut: root.room <= 0 || typing.full
            blank: root.text === "" && !typing.busy
            unwritten: writing.count === 0
            unspelt: root.composing === ""
            onPressed: name => typing.press(name)
        }
    }

    KkWriting {
        id: writing

        y: root.tall + root.gap
        width: 8.5 * (root.unit + root.gap) - root.gap
        height: 3 * (root.tall + root.gap) - root.gap
        active: typing.mode === "handwriting" && root.pad === "text"
        visible: active && !root.opened
    }

    KkChoice {
        anchors.fill: parent
        visible: typing.busy
        texts: typing.candidates
        unit: root.unit
        gap: root.gap
        tall: root.tall
        room: root.room
        opened: root.opened
        onPicked: number => typing.pick(number)
        onTurned: root.opened = !root.opened
    }
}
