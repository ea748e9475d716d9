pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string hint
    required property string spot
    required property string error
    required property bool busy
    required property string other
    readonly property real half: Theme.landscape ? (width - Theme.mm(10)) * 0.52 : width

    signal answered(string action, string value)

    KkHeading {
        id: heading

        width: root.half
        title: root.title
        hint: root.hint
    }

    KkBox {
        id: problem

        anchors { top: heading.bottom; topMargin: implicitHeight ? Theme.mm(4) : 0 }
        width: root.half
        height: implicitHeight
        icon: "warning"
        tone: "warn"
        text: root.error
    }

    KkMachine {
        readonly property real first: Theme.landscape ? 0 : problem.y + problem.height + Theme.mm(6)

        x: Theme.landscape ? root.half + Theme.mm(10) : 0
        y: first
        width: parent.width - x
        height: (Theme.landscape ? parent.height : progress.y) - first - (Theme.landscape ? 0 : Theme.mm(5))
        spot: root.spot
        busy: root.busy
    }

    Item {
        id: progress

        anchors { bottom: actions.top; bottomMargin: root.busy ? Theme.mm(6) : 0 }
        width: root.half
        height: root.busy ? dots.height + reading.implicitHeight + Theme.mm(2) : 0
        visible: root.busy

        KkDots {
            id: dots

            width: parent.width
            height: implicitHeight
        }

        KkText {
            id: reading

            anchors.bottom: parent.bottom
            width: parent.width
            text: Theme.words.reading
            capital: Theme.leadMm
            color: Theme.accentInk
            horizontalAlignment: Text.AlignHCenter
        }
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        width: root.half
        height: implicitHeight
        actions: root.other === "" ? [] : [{ action: "other", value: "", label: root.other }]
        onAnswered: (action, value) => root.answered(action, value)
    }
}
