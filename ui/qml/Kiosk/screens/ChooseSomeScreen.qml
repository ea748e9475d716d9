pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string hint
    required property var options
    required property var picked
    required property int least
    required property string done
    required property var skip

    signal answered(string action, string value)

    KkHeaded {
        anchors { top: parent.top; bottom: actions.top; bottomMargin: Theme.mm(5) }
        width: parent.width
        title: root.title
        hint: root.hint
        columns: Theme.landscape ? 2 : 1
        most: 6
        stretch: 1.6
        scenery: true

        Repeater {
            model: root.options

            KkCard {
                required property var modelData

                objectName: "answer:toggle:" + modelData.value
                option: modelData
                tick: root.picked.includes(modelData.value) ? "on" : "off"
                onTriggered: root.answered("toggle", modelData.value)
            }
        }
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
        actions: {
            const enough = root.picked.length >= root.least;
            const done = { action: "done", label: root.done, primary: true, enabled: enough, why: Theme.words.least.arg(root.least) };
            return root.skip ? [done, { action: "skip", label: root.skip }] : [done];
        }
        onAnswered: (action, value) => root.answered(action, value)
    }
}
