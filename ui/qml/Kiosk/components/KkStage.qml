import QtQuick
import Kiosk

// A stage of a case on the time line: mark and word of its state, and a thread to the next. Parallel lanes are indented.
Item {
    id: root

    required property var stage
    required property bool parallel // another row has the same step
    required property bool first // of its step
    required property bool last // of all
    readonly property bool joined: true
    readonly property var look: ({
        done: { icon: "check-circle-fill", tone: Theme.tones.done },
        inProgress: { icon: "dots-three-circle-fill", tone: Theme.tones.wait },
        waiting: { icon: "circle", tone: null },
        rejected: { icon: "x-circle-fill", tone: Theme.tones.error },
        other: { icon: "circle", tone: null }
    })[stage.state]
    readonly property color ink: look.tone ? look.tone.ink : Theme.soft
    readonly property int indent: parallel ? Theme.mm(9) : 0
    readonly property int head: parallel && first ? together.implicitHeight : 0

    implicitHeight: head + Math.max(mark.size, words.height) + 2 * Theme.mm(0.9)

    Rectangle {
        anchors.fill: parent
        color: root.stage.state === "inProgress" ? Theme.accentSoft : Theme.surface

        Rectangle {
            x: Theme.mm(4) + mark.size / 2 - width / 2
            y: root.stage.step === 1 ? mark.y + mark.size / 2 : 0
            width: Theme.mm(0.8)
            height: (root.last ? mark.y + mark.size / 2 : parent.height) - y
            color: Theme.line
        }

        KkText {
            id: together

            x: root.indent + Theme.mm(6) + mark.size
            y: Theme.mm(1)
            visible: root.head > 0
            text: Theme.words.together
            color: Theme.soft
        }

        Rectangle {
            anchors.verticalCenter: mark.verticalCenter
            x: Theme.mm(4) + mark.size / 2
            width: root.indent
            height: Theme.mm(0.8)
            visible: root.parallel
            color: Theme.line
        }

        Rectangle {
            anchors.centerIn: mark
            width: mark.size * 0.9
            height: width
            radius: width / 2
            color: Theme.surface
        }

        KkIcon {
            id: mark

            x: Theme.mm(4) + root.indent
            y: root.head + Theme.mm(0.9)
            name: root.look.icon
            size: Theme.mm(Theme.care ? 11 : 9)
            color: root.look.tone ? root.look.tone.edge : Theme.soft
        }

        Item {
            id: words

            anchors { left: mark.right; leftMargin: Theme.mm(3); right: parent.right; rightMargin: Theme.mm(3) }
            y: mark.y
            height: name.implicitHeight + (detail.text === "" ? 0 : detail.implicitHeight)

            KkText {
                id: name

                width: parent.width - state.width - Theme.mm(3)
                text: [root.stage.lane, root.stage.name].filter(part => part !== "").join(" · ")
                heading: true
                color: root.stage.state === "waiting" ? Theme.soft : Theme.ink
            }

            KkText {
                id: state

                anchors.right: parent.right
                text: root.stage.state_label
                color: root.ink
                heading: root.stage.state !== "waiting"
                wrapMode: Text.NoWrap
            }

            KkText {
                id: detail

                y: name.implicitHeight
                width: parent.width
                text: root.stage.detail
                color: Theme.soft
            }
        }
    }
}
