pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Name of the hall, time of day, language and size of print.
Rectangle {
    id: root

    required property var frame
    required property string clock

    signal answered(string action, string value)

    readonly property var other: {
        const all = frame.languages;
        return all[(all.findIndex(each => each.tag === frame.language) + 1) % all.length];
    }

    height: Math.max(Theme.target, hall.implicitHeight) + 2 * Theme.mm(3)
    color: Theme.primary

    KkText {
        id: hall

        anchors { left: parent.left; leftMargin: Theme.margin; right: clock.left; rightMargin: Theme.gap; verticalCenter: parent.verticalCenter }
        text: root.frame.hall
        color: Theme.bright
        heading: true
    }

    KkText {
        id: clock

        anchors { right: choices.left; rightMargin: Theme.mm(6); verticalCenter: parent.verticalCenter }
        text: root.clock
        capital: Theme.leadMm
        color: Theme.bright
        wrapMode: Text.NoWrap
    }

    Row {
        id: choices

        anchors { right: parent.right; rightMargin: Theme.margin; verticalCenter: parent.verticalCenter }
        spacing: Theme.gap

        KkButton {
            objectName: "answer:frame-language:" + root.other.tag
            visible: root.frame.languages.length > 1
            kind: "quiet"
            icon: "globe"
            label: root.other.name
            about: Theme.words.language
            onTriggered: root.answered("frame-language", root.other.tag)
        }

        KkButton {
            objectName: "answer:frame-care"
            kind: "quiet"
            icon: "text-aa"
            label: root.frame.care ? Theme.words.normal : Theme.words.care
            onTriggered: root.answered("frame-care", "")
        }
    }
}
