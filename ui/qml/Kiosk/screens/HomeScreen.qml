pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

KkPaged {
    id: root

    required property string hall
    required property var quick
    required property var entrances
    required property string notice

    signal answered(string action, string value)

    columns: 12
    stretch: 1.6
    scenery: true

    KkHeading {
        title: Theme.words.ask
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
            readonly property int span: !Theme.landscape ? 12 : Theme.care ? 6 : 4

            objectName: "answer:choose:" + modelData.value
            brief: Theme.care
            option: modelData
            onTriggered: root.answered("choose", modelData.value)
        }
    }
}
