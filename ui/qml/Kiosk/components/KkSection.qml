import QtQuick
import Kiosk

// Heads rows that belong together; stays with the first of them.
Item {
    id: root

    property string text
    property bool shown: true
    property bool breaks: false
    readonly property bool keeps: true

    implicitHeight: shown ? words.implicitHeight + Theme.mm(1) : 0

    KkText {
        id: words

        width: parent.width
        text: root.text
        capital: Theme.care ? Theme.textMm : 5.2
        heading: true
        color: Theme.primary
    }
}
