import QtQuick
import Kiosk

// Heads rows that belong together; stays with the first of them. A tone shows by its icon too.
Item {
    id: root

    property string text
    property string tone: "plain"
    property bool shown: true
    property bool breaks: false
    readonly property bool keeps: true
    readonly property var look: Theme.tones[tone]
    readonly property int iconSpace: tone === "plain" ? 0 : picture.size + Theme.mm(2)

    implicitHeight: shown ? words.implicitHeight + Theme.mm(1) : 0

    KkIcon {
        id: picture

        y: (words.implicitHeight / words.lineCount - size) / 2
        visible: root.iconSpace > 0
        name: root.look.icon
        size: Theme.mm(Theme.textMm * 1.4)
        color: root.look.edge
    }

    KkText {
        id: words

        x: root.iconSpace
        width: parent.width - x
        text: root.text
        capital: Theme.care ? Theme.textMm : 5.2
        heading: true
        color: root.look.ink
    }
}
