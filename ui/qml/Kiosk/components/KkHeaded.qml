import QtQuick
import Kiosk

// Pages below a heading that stays; one that takes too much of the height is a block of the first page instead.
Item {
    id: root

    default property alias blocks: sheet.blocks
    property string title
    property string hint
    property string tone: "plain"
    property alias columns: sheet.columns
    property alias most: sheet.most
    property alias stretch: sheet.stretch
    property alias scenery: sheet.scenery
    property int gap: Math.max(Theme.gap, Theme.mm(4)) // between blocks
    property int below: Theme.mm(5) // the heading
    property real room: height // at most
    readonly property bool stays: heading.implicitHeight <= room * 0.34
    readonly property real wanted: sheet.wanted + (stays ? heading.implicitHeight + below : 0)

    KkTitle {
        id: heading

        width: parent.width
        height: implicitHeight
        visible: root.stays
        title: root.title
        hint: root.hint
        tone: root.tone
    }

    KkPaged {
        id: sheet

        anchors { fill: parent; topMargin: root.stays ? heading.implicitHeight + root.below : 0 }
        gap: root.gap

        KkTitle {
            title: root.stays ? "" : root.title
            tone: root.stays ? "plain" : root.tone
        }

        KkHeading {
            hint: root.stays ? "" : root.hint
        }
    }
}
