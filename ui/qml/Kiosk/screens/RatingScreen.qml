pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string hint
    required property var levels
    required property string skip

    signal answered(string action, string value)

    KkHeaded {
        anchors { top: parent.top; bottom: actions.top; bottomMargin: Theme.mm(6) }
        width: parent.width
        title: root.title
        hint: root.hint
        columns: Theme.landscape ? 5 : 1
        stretch: 2

        Repeater {
            model: root.levels

            KkLevel {
                required property string modelData
                required property int index

                objectName: "answer:rate:" + level
                level: 5 - index
                text: modelData
                onTriggered: root.answered("rate", String(level))
            }
        }
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
        actions: [{ action: "skip", label: root.skip }]
        onAnswered: (action, value) => root.answered(action, value)
    }
}
