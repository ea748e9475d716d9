import QtQuick
import Kiosk

// The question or statement of a screen, with one line of help.
Item {
    id: root

    property bool wide: true
    readonly property bool fixed: true
    property string title
    property string hint
    property int alignment: Text.AlignLeft
    property int lines: 0 // a title that takes more of them is set smaller
    readonly property bool tight: lines > 0 && ruler.advanceWidth > lines * width * 0.95

    readonly property real lower: title === "" ? 0 : text.implicitHeight + Theme.mm(1) // where the help begins

    implicitHeight: title === "" && hint === "" ? 0 : hint === "" ? text.implicitHeight : lower + help.implicitHeight

    TextMetrics {
        id: ruler

        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.px(Theme.headingMm)
        text: root.title
    }

    KkText {
        id: text

        width: parent.width
        text: root.title
        capital: root.tight ? Theme.leadMm : Theme.headingMm
        heading: true
        color: Theme.primary
        horizontalAlignment: root.alignment
    }

    KkText {
        id: help

        y: root.lower
        width: parent.width
        visible: root.hint !== ""
        text: root.hint
        capital: Theme.care ? Theme.textMm : Theme.leadMm * 0.92
        color: Theme.soft
        horizontalAlignment: root.alignment
    }
}
