import QtQuick
import Kiosk

// A short choice; the chosen one carries a tick.
KkTarget {
    id: root

    required property var option
    required property bool chosen
    readonly property bool chip: true
    readonly property int inset: Theme.mm(3.5)
    readonly property int iconSpace: chosen ? tick.size + Theme.mm(2) : 0
    readonly property color ink: !option.enabled ? Theme.soft : chosen ? Theme.bright : Theme.primary

    label: option.title
    about: [option.note, option.enabled ? option.about : option.why || Theme.words.unavailable].filter(part => part !== "").join(" ")
    available: option.enabled
    implicitWidth: Math.max(Theme.target, Math.ceil(words.implicitWidth) + 1 + iconSpace + 2 * inset)
    implicitHeight: Math.max(Theme.target, words.implicitHeight + 2 * Theme.mm(1.5))

    Accessible.checkable: true
    Accessible.checked: chosen

    Rectangle {
        anchors.fill: parent
        radius: Math.min(height / 2, Theme.mm(8))
        color: !root.option.enabled ? Theme.shut : root.chosen ? Theme.primary : root.pressed ? Theme.primarySoft : Theme.surface
        border.width: root.chosen && root.option.enabled ? 0 : Theme.edge
        border.color: Theme.line

        KkIcon {
            id: tick

            anchors { left: parent.left; leftMargin: root.inset; verticalCenter: parent.verticalCenter }
            visible: root.chosen
            name: "check"
            size: Theme.mm(Theme.textMm * 1.4)
            color: root.ink
        }

        KkText {
            id: words

            x: root.inset + root.iconSpace
            width: parent.width - x - root.inset
            anchors.verticalCenter: parent.verticalCenter
            text: root.option.title
            color: root.ink
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
