pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

KkPaged {
    id: root

    required property string hall
    required property var quick
    required property var entrances
    required property var search
    required property string notice
    readonly property bool beside: Theme.landscape && Boolean(search) // the search stands beside the heading

    signal answered(string action, string value)

    columns: 12
    stretch: 1.6
    scenery: true

    KkHeading {
        readonly property int span: 4

        wide: !root.beside
        lines: root.beside ? 1 : 0
        title: Theme.words.ask
    }

    Repeater {
        model: root.search ? 1 : 0

        KkSearchBar {
            readonly property int span: 8

            wide: !root.beside
            objectName: "answer:choose:" + root.search.value
            option: root.search
            onTriggered: root.answered("choose", root.search.value)
        }
    }

    Repeater {
        model: root.quick

        KkTile {
            required property var modelData
            readonly property int span: Theme.landscape && !Theme.care ? 3 : 6

            objectName: "answer:choose:" + modelData.value
            option: modelData
            onTriggered: root.answered("choose", modelData.value)
        }
    }

    KkBox {
        readonly property bool wide: true

        icon: "megaphone-simple"
        tone: "wait"
        text: root.notice
    }

    Repeater {
        model: root.entrances

        KkCard {
            required property var modelData
            required property int index
            readonly property bool begins: index === 0
            readonly property int span: Theme.care ? 6 : Theme.landscape ? 4 : 12

            objectName: "answer:choose:" + modelData.value
            brief: Theme.care
            option: modelData
            onTriggered: root.answered("choose", modelData.value)
        }
    }
}
