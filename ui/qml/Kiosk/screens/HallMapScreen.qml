pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "../components/passages.js" as Passages

Item {
    id: root

    required property string title
    required property var floors
    required property string floor
    required property var areas
    required property var here
    required property string about
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))
    readonly property bool beside: Theme.landscape
    readonly property real side: beside ? Math.round(width * 0.36) : width
    readonly property real shape: 1.5 // width of a floor to its height
    readonly property var marked: areas.find(area => area.marked)

    signal answered(string action, string value)

    KkHeading {
        id: heading

        width: parent.width
        visible: !root.beside
        lines: 1
        title: root.title
    }

    KkChips {
        id: tabs

        anchors { top: root.beside ? parent.top : heading.bottom; topMargin: root.beside ? 0 : Theme.mm(3) }
        width: root.beside ? root.width - root.side - root.gap * 2 : root.width
        height: implicitHeight
        action: "floor"
        options: root.floors
        chosen: root.floor
        onAnswered: (action, value) => root.answered(action, value)
    }

    KkMap {
        id: map

        readonly property real room: root.beside ? root.height - tabs.height - legend.height - root.gap - Theme.mm(2) : root.height * 0.36

        anchors { top: tabs.bottom; topMargin: root.gap }
        width: Math.min(tabs.width, room * root.shape)
        height: width / root.shape
        areas: root.areas
        here: root.here
        onChosen: value => root.answered("choose", value)
    }

    KkLegend {
        id: legend

        anchors { top: map.bottom; topMargin: Theme.mm(2) }
        width: tabs.width
        height: implicitHeight
        here: Boolean(root.here)
        marked: root.marked?.label ?? ""
    }

    KkHeaded {
        anchors { top: root.beside ? parent.top : legend.bottom; topMargin: root.beside ? 0 : root.gap; bottom: actions.top; bottomMargin: root.gap; right: parent.right }
        width: root.side
        title: root.beside ? root.title : ""
        below: root.beside ? Theme.mm(4) : 0
        columns: root.beside || Theme.care ? 1 : 2
        gap: Math.max(Theme.gap, Theme.mm(3))

        Repeater {
            model: root.about === "" ? [] : Passages.parts(root.about, Passages.LINE / 2)

            KkBox {
                required property string modelData
                readonly property bool wide: true

                icon: "map-pin"
                tone: "wait"
                text: modelData
            }
        }

        Repeater {
            model: root.areas

            KkPlace {
                required property var modelData
                required property int index

                objectName: "answer:choose:" + modelData.value
                area: modelData
                number: index + 1
                onTriggered: root.answered("choose", modelData.value)
            }
        }
    }

    KkActions {
        id: actions

        anchors { bottom: parent.bottom; right: parent.right }
        width: root.side
        height: implicitHeight
        actions: [{ action: "done", label: Theme.words.done, primary: true }]
        onAnswered: (action, value) => root.answered(action, value)
    }
}
