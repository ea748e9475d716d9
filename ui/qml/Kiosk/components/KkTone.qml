import QtQuick
import Kiosk

// How it stands: icon, word and colour of the tone, and the title; as a banner, or `hero` with everything below the icon.
Item {
    id: root

    property string tone: "plain"
    property string title
    property string word: look.word
    property real capital: Theme.headingMm
    property bool hero: false
    readonly property bool wide: true
    readonly property var look: Theme.tones[tone]
    readonly property int edge: Theme.mm(hero ? 8 : Theme.care ? 4.5 : 3)
    readonly property int wordHeight: word === "" ? 0 : kind.implicitHeight
    readonly property int textTop: hero ? edge + picture.size + Theme.mm(4) : Math.max(edge, (height - textHeight) / 2)
    readonly property int textHeight: wordHeight + name.implicitHeight

    implicitHeight: hero ? textTop + textHeight + edge : Math.max(textHeight, picture.size) + 2 * edge

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.look.soft
        border.width: Theme.edge
        border.color: root.look.edge

        KkIcon {
            id: picture

            x: root.hero ? (parent.width - size) / 2 : Theme.mm(5)
            y: root.hero ? root.edge : (parent.height - size) / 2
            name: root.look.icon
            size: Theme.mm(root.hero ? (Theme.care ? 30 : 36) : root.capital * 2)
            color: root.look.edge
        }

        Item {
            id: words

            x: root.hero ? Theme.mm(6) : picture.x + picture.size + Theme.mm(5)
            y: root.textTop
            width: parent.width - x - Theme.mm(6)

            KkText {
                id: kind

                width: parent.width
                visible: text !== ""
                text: root.word
                capital: root.hero ? Theme.leadMm : Theme.textMm
                color: root.look.ink
                horizontalAlignment: root.hero ? Text.AlignHCenter : Text.AlignLeft
            }

            KkText {
                id: name

                y: root.wordHeight
                width: parent.width
                text: root.title
                capital: root.capital
                heading: true
                color: root.look.ink
                horizontalAlignment: root.hero ? Text.AlignHCenter : Text.AlignLeft
            }
        }
    }
}
