pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A block of a page, of the kinds of passages.js: a heading, a row or a line.
Loader {
    id: root

    required property var block
    property bool revealed: true
    property bool eye: false
    readonly property bool joined: block.kind !== "heading" && block.opens !== true
    readonly property bool keeps: block.kind === "heading"
    readonly property bool wide: true

    signal triggered

    sourceComponent: block.kind === "heading" ? heading : block.kind === "row" ? row : line

    Component {
        id: heading

        KkSection {
            text: root.block.text
            tone: root.block.tone
        }
    }

    Component {
        id: row

        KkRow {
            row: root.block.row
            revealed: root.revealed
            eye: root.eye
            onTriggered: root.triggered()
        }
    }

    Component {
        id: line

        KkLine {
            text: root.block.text
            mark: root.block.mark
        }
    }
}
