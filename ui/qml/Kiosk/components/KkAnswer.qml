import QtQuick
import Kiosk

// A given answer with the way to change it, and below it what is wrong with it.
Item {
    id: root

    required property var row
    readonly property bool joined: true
    readonly property bool fixed: true
    readonly property bool changeable: row.key !== ""
    readonly property bool wrong: row.problem !== ""
    readonly property int edge: Theme.mm(2)
    readonly property real third: Math.round(width * (Theme.care ? 0.34 : 0.3))
    readonly property int end: changeable ? change.width + 2 * Theme.mm(3) : Theme.mm(4)

    signal triggered

    implicitHeight: Math.max(name.implicitHeight, body.height, changeable ? change.implicitHeight : 0) + 2 * edge

    Rectangle {
        anchors.fill: parent
        color: root.wrong ? Theme.dangerSoft : Theme.surface

        KkText {
            id: name

            anchors { left: parent.left; leftMargin: Theme.mm(4); verticalCenter: parent.verticalCenter }
            width: root.third - Theme.mm(6)
            text: root.row.label
            color: root.wrong ? Theme.dangerInk : Theme.soft
        }

        Item {
            id: body

            anchors { left: parent.left; leftMargin: root.third; right: parent.right; rightMargin: root.end; verticalCenter: parent.verticalCenter }
            height: value.implicitHeight + (root.wrong ? problem.implicitHeight : 0)

            KkText {
                id: value

                width: parent.width
                text: root.row.value
                color: root.wrong ? Theme.dangerInk : Theme.ink
            }

            KkIcon {
                id: mark

                y: value.implicitHeight + (problem.implicitHeight / problem.lineCount - size) / 2
                visible: root.wrong
                name: "warning-circle"
                size: Theme.mm(Theme.textMm * 1.4)
                color: Theme.danger
            }

            KkText {
                id: problem

                x: mark.size + Theme.mm(1.5)
                y: value.implicitHeight
                width: parent.width - x
                visible: root.wrong
                text: root.row.problem
                heading: true
                color: Theme.dangerInk
            }
        }

        KkButton {
            id: change

            objectName: "answer:change:" + root.row.key
            anchors { right: parent.right; rightMargin: Theme.mm(3); verticalCenter: parent.verticalCenter }
            visible: root.changeable
            icon: "pencil-simple"
            label: Theme.words.change
            about: root.row.label
            onTriggered: root.triggered()
        }

        Rectangle {
            anchors.bottom: parent.bottom
            x: Theme.mm(4)
            width: parent.width - 2 * x
            height: 1
            color: Theme.shut
        }
    }
}
