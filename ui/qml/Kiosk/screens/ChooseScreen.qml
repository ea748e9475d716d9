pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string hint
    required property var options

    signal answered(string action, string value)

    KkHeading {
        id: heading

        width: parent.width
        title: root.title
        hint: root.hint
    }

    KkPaged {
        anchors { fill: parent; topMargin: heading.implicitHeight + Theme.mm(5) }
        columns: Theme.landscape ? 2 : 1
        most: 6
        stretch: 2
        scenery: true

        Repeater {
            model: root.options

            KkCard {
                required property var modelData

                objectName: "answer:choose:" + modelData.value
                option: modelData
                onTriggered: root.answered("choose", modelData.value)
            }
        }
    }
}
