import QtQuick
import Kiosk
import "whole.js" as Whole

// An option as a row: icon, words with one line of explanation, a short fact at the edge. A shut one says why.
KkTarget {
    id: root

    required property var option
    property real capital: Theme.leadMm
    property string tick // "on" or "off" where several can be chosen
    property bool brief: false // without the explanation, which never hides the reason of a shut one
    readonly property string explanation: !option.enabled ? option.why || Theme.words.unavailable : below ? option.note : brief ? "" : option.about
    readonly property var tone: Theme.tones[option.tone]
    readonly property int edge: Math.round(width * 0.34) // that a fact has at most
    // In large type there is not room for the explanation and a fact of several lines: the fact has its place.
    readonly property bool below: Theme.care && note.implicitWidth > edge * (Theme.landscape ? 1 : 2)
    readonly property int noteWidth: note.text === "" || below ? 0 : Math.min(Math.ceil(note.implicitWidth) + 2, edge) + Theme.mm(4)

    label: option.title
    about: [below ? "" : option.note, explanation].filter(part => part !== "").join(" ")
    available: option.enabled
    implicitHeight: Math.max(Theme.mainButton, Math.max(words.height, below ? 0 : note.implicitHeight) + 2 * Theme.mm(below ? 1.5 : 3.5))

    Accessible.checkable: tick !== ""
    Accessible.checked: tick === "on"

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !root.available ? Theme.shut : root.pressed || root.tick === "on" ? Theme.primarySoft : Theme.surface
        border.width: root.tick === "on" ? Theme.edge * 2.5 : Theme.edge
        border.color: root.pressed || root.tick === "on" ? Theme.primary : Theme.line

        KkMedal {
            id: picture

            anchors { left: parent.left; leftMargin: Theme.pad; verticalCenter: parent.verticalCenter }
            visible: root.option.icon !== ""
            name: root.option.icon
            size: Theme.mm(root.capital * 3)
            shut: !root.available
        }

        Item {
            id: words

            anchors { right: parent.right; rightMargin: Theme.pad + root.noteWidth + mark.width + Theme.mm(2); verticalCenter: parent.verticalCenter }
            anchors { left: parent.left; leftMargin: Theme.pad + (root.option.icon !== "" ? picture.size + Theme.pad : 0) }
            height: title.implicitHeight + (root.explanation === "" ? 0 : reason.implicitHeight)

            KkText {
                id: title

                width: parent.width
                text: root.option.title
                capital: root.capital
                heading: true
                color: root.available ? Theme.ink : Theme.soft
                Accessible.ignored: true
            }

            KkText {
                id: reason

                y: title.implicitHeight
                width: parent.width
                visible: root.explanation !== ""
                text: Whole.facts(root.explanation)
                color: !root.available ? Theme.accentInk : root.below ? root.tone.ink : Theme.soft
                Accessible.ignored: true
            }
        }

        KkText {
            id: note

            anchors { right: mark.left; rightMargin: Theme.mm(2); verticalCenter: parent.verticalCenter }
            width: root.noteWidth - Theme.mm(4)
            visible: text !== "" && !root.below
            text: root.available ? Whole.facts(root.option.note) : ""
            color: root.tone.ink
            horizontalAlignment: Text.AlignRight
            Accessible.ignored: true
        }

        KkIcon {
            id: mark

            anchors { right: parent.right; rightMargin: Theme.mm(2.5); verticalCenter: parent.verticalCenter }
            name: !root.available ? "prohibit" : root.tick === "" ? "caret-right" : root.tick === "on" ? "check-square-fill" : "square"
            size: Theme.mm(root.tick === "" ? 7 : Theme.care ? 14 : 11)
            color: root.available ? Theme.primary : Theme.soft
        }
    }
}
