pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "typing.js" as Typing

// The keys for a field: a keypad for numbers, a keyboard for words.
Item {
    id: root

    required property string pad
    required property string text
    required property int most
    readonly property bool words: ["letters", "plate", "text"].includes(pad)
    readonly property string composing: (board.item as KkBoard)?.composing ?? ""
    readonly property real wish: (board.item as KkBoard)?.wish ?? 0
    readonly property int across: words ? 10 * Theme.target + 9 * Theme.gap : 0 // least width
    readonly property real least: (board.item as KkBoard)?.least ?? 0
    readonly property Item plugged: words ? (board.item as KkBoard) : null // hears a keyboard with a plug

    signal typed(string characters)
    signal removed
    signal cleared
    signal entered

    // Makes characters of what is still being composed.
    function settle(): void {
        if (words)
            (board.item as KkBoard).settle();
    }

    component KkBoard: FocusScope {
        property string composing
        property real wish
        property real least

        signal settle
    }

    Loader {
        id: board

        anchors.fill: parent
        sourceComponent: root.words ? keyboard : keypad
    }

    Component {
        id: keypad

        KkBoard {
            wish: keys.rows * keys.most + (keys.rows - 1) * keys.gap
            least: keys.implicitHeight

            KkKeypad {
                id: keys

                anchors.fill: parent
                pad: root.pad
                full: root.text.length >= root.most
                blank: root.text === ""
                onTyped: character => root.typed(character)
                onRemoved: root.removed()
                onCleared: root.cleared()
            }
        }
    }

    Component {
        id: keyboard

        KkBoard {
            composing: keys.composing
            wish: keys.wish
            least: keys.implicitHeight
            Keys.forwardTo: keys
            onSettle: keys.settle()

            KkKeyboard {
                id: keys

                anchors.fill: parent
                pad: root.pad
                text: root.text
                room: root.most - Typing.count(root.text)
                onTyped: characters => root.typed(characters)
                onRemoved: root.removed()
                onCleared: root.cleared()
                onEntered: root.entered()
            }
        }
    }
}
