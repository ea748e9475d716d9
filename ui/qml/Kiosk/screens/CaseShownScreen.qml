pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string state // qmllint disable property-override
    required property string tone
    required property var rows
    required property var deadline
    required property var stages
    required property var missing
    required property string next_step
    required property bool revealed
    required property bool can_print
    required property string print_why
    required property var more
    // Lying and large, what can be done stands beside, or next to nothing could be read on a page.
    readonly property bool beside: Theme.landscape && Theme.care && more.length > 0
    readonly property int aside: beside ? Math.round(width * 0.29) : width
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))

    signal answered(string action, string value)

    KkPaged {
        anchors { left: parent.left; top: parent.top; bottom: root.beside ? parent.bottom : deeds.top; bottomMargin: root.beside ? 0 : root.gap }
        width: root.beside ? parent.width - root.aside - Theme.mm(8) : parent.width
        newspaper: true
        gap: Math.max(Theme.gap, Theme.mm(3))
        columns: Theme.landscape ? 2 : 1

        KkTone {
            tone: root.tone
            title: root.title
            word: root.state
            capital: Theme.care ? 9 : 7
        }

        KkBox {
            icon: "warning"
            tone: "warn"
            caption: Theme.words.missing
            text: root.missing.join("\n")
        }

        KkBox {
            icon: "arrow-circle-right"
            caption: Theme.words.next
            text: root.next_step
        }

        KkSection {
            text: Theme.words.deadline
            shown: root.deadline.length > 0
        }

        Repeater {
            model: root.deadline

            KkRow {
                required property var modelData

                row: modelData
            }
        }

        KkSection {
            text: Theme.words.stages
            breaks: Theme.landscape
            shown: root.stages.length > 0
        }

        Repeater {
            model: root.stages

            KkStage {
                required property var modelData
                required property int index

                stage: modelData
                parallel: root.stages.filter(other => other.step === modelData.step).length > 1
                first: root.stages.findIndex(other => other.step === modelData.step) === index
                last: index === root.stages.length - 1
            }
        }

        KkSection {
            text: Theme.words.facts
            breaks: Theme.landscape
            shown: root.rows.length > 0
        }

        Repeater {
            model: root.rows

            KkRow {
                required property var modelData
                required property int index

                row: modelData
                revealed: root.revealed
                eye: root.rows.findIndex(other => other.masked !== "") === index
                onTriggered: root.answered("eye", "")
            }
        }
    }

    KkDeeds {
        id: deeds

        anchors { right: parent.right; bottom: actions.top; bottomMargin: root.more.length ? gap : 0 }
        width: root.aside
        height: Math.min(wanted, root.beside ? actions.y - gap : Math.round(parent.height * 0.4))
        columns: root.beside ? 1 : Theme.landscape ? 4 : 2
        main: false
        small: root.beside
        options: root.more
        onAnswered: (action, value) => root.answered(action, value)
    }

    KkActions {
        id: actions

        anchors { right: parent.right; bottom: parent.bottom }
        width: root.aside
        height: implicitHeight
        beside: !root.beside
        actions: [
            { action: "print", label: Theme.words.print, icon: "printer", primary: true, enabled: root.can_print, why: root.print_why },
            { action: "done", label: Theme.words.done }
        ]
        onAnswered: (action, value) => root.answered(action, value)
    }
}
