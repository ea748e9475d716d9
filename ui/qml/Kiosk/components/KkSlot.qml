import QtQuick
import Kiosk

// A short option among many; a shut one says why.
KkTarget {
    id: root

    required property var option
    readonly property bool fixed: true
    readonly property string more: option.enabled ? option.note || option.about : option.why || Theme.words.unavailable

    label: option.title
    about: more
    available: option.enabled
    implicitHeight: Math.max(Theme.mainButton, words.height + 2 * Theme.mm(2))

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !root.available ? Theme.shut : root.pressed ? Theme.primarySoft : Theme.surface
        border.width: root.available ? Theme.edge : Theme.edge / 2
        border.color: root.available ? Theme.primary : Theme.line

        Item {
            id: words

            anchors { left: parent.left; right: parent.right; margins: Theme.mm(2); verticalCenter: parent.verticalCenter }
            height: title.implicitHeight + (root.more === "" ? 0 : note.implicitHeight)

            KkText {
                id: title

                width: parent.width
                text: root.option.title
                capital: Theme.care ? 8 : Theme.leadMm
                heading: root.available
                color: root.available ? Theme.primary : Theme.soft
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }

            KkText {
                id: note

                y: title.implicitHeight
                width: parent.width
                visible: root.more !== ""
                text: root.more
                color: root.available ? Theme.tones[root.option.tone].ink : Theme.soft
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
