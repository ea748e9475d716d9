import QtQuick
import Kiosk

// The question or statement of a screen, with one line of help.
Item {
    id: root

    readonly property bool wide: true
    readonly property bool fixed: true
    property string title
    property string hint
    property int alignment: Text.AlignLeft

    implicitHeight: title === "" && hint === "" ? 0 : text.implicitHeight + (hint === "" ? 0 : help.implicitHeight + Theme.mm(1))

    KkText {
        id: text

        width: parent.width
        text: root.title
        capital: Theme.headingMm
        heading: true
        color: Theme.primary
        horizontalAlignment: root.alignment
    }

    KkText {
        id: help

        y: text.implicitHeight + Theme.mm(1)
        width: parent.width
        visible: root.hint !== ""
        text: root.hint
        capital: Theme.care ? Theme.textMm : Theme.leadMm * 0.92
        color: Theme.soft
        horizontalAlignment: root.alignment
    }
}
