pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "../components/passages.js" as Passages

Item {
    id: root

    required property string title
    required property var badges
    required property string number
    required property string tone
    required property var sections
    required property var actions
    required property string code
    required property string code_hint
    required property bool personal
    required property bool revealed
    readonly property bool beside: Theme.landscape
    readonly property int aside: beside ? Math.round(width * 0.29) : width
    readonly property int reading: beside ? width - aside - Theme.mm(8) : width
    // The code leaves the buttons their room.
    readonly property bool codeAside: beside && code !== "" && aside > 0 && deeds.wanted + sign.implicitHeight + gap <= height
    readonly property var passages: Passages.of(sections)
    readonly property int early: 16 // as many as a page shows; what follows is made behind the first frame
    readonly property bool restless: later.running
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))

    signal answered(string action, string value)

    Timer {
        id: later

        interval: 20
        running: true
    }

    Component {
        id: passage

        KkPassage {
            required property var modelData

            block: modelData
            revealed: root.revealed || !root.personal
            eye: root.personal && modelData.eye === true
            onTriggered: root.answered("eye", "")
        }
    }

    KkHeaded {
        anchors { top: parent.top; bottom: root.beside ? parent.bottom : deeds.top; bottomMargin: root.beside ? 0 : root.gap }
        width: root.reading
        title: root.title
        tone: root.tone
        below: root.gap
        gap: Math.max(Theme.gap, Theme.mm(3))
        scenery: true

        KkBadges {
            badges: root.badges
        }

        KkNumber {
            number: root.number
        }

        KkFollow {
            url: !root.codeAside && root.number !== "" ? root.code : ""
            hint: root.code_hint
            side: Theme.mm(56)
        }

        Repeater {
            model: root.passages.slice(0, root.early)
            delegate: passage
        }

        Repeater {
            model: root.restless ? [] : root.passages.slice(root.early)
            delegate: passage
        }

        KkFollow {
            url: !root.codeAside && root.number === "" ? root.code : ""
            hint: root.code_hint
            side: Theme.mm(56)
        }
    }

    KkFollow {
        id: sign

        anchors.right: parent.right
        width: root.aside
        height: implicitHeight
        visible: root.codeAside
        url: root.beside ? root.code : ""
        hint: root.code_hint
        below: true
        side: Theme.mm(Theme.care ? 50 : 60)
    }

    KkDeeds {
        id: deeds

        anchors { right: parent.right; bottom: parent.bottom }
        width: root.aside
        height: Math.min(wanted, root.beside ? parent.height - (root.codeAside ? sign.height + root.gap : 0) : Math.round(parent.height * 0.45))
        columns: root.beside ? 1 : 2
        options: root.actions
        onAnswered: (action, value) => root.answered(action, value)
    }
}
