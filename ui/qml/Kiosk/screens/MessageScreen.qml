pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property var points
    required property string tone
    required property string number
    required property string human
    required property string primary
    required property var second

    signal answered(string action, string value)

    KkPaged {
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: actions.top; bottomMargin: Theme.mm(5) }
        centred: true
        scenery: true

        KkTone {
            hero: !Theme.landscape
            tone: root.tone
            title: root.title
        }

        KkNumber {
            number: root.number
        }

        Repeater {
            model: root.points

            KkPoint {
                required property string modelData
                required property int index

                text: modelData
                first: index === 0
                last: index === root.points.length - 1
            }
        }

        KkBox {
            icon: "user-circle"
            caption: Theme.words.help
            text: root.human
            capital: Theme.care ? Theme.textMm : Theme.leadMm
        }
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
        actions: {
            const first = { action: "primary", label: root.primary, primary: true };
            return root.second ? [first, { action: "second", label: root.second }] : [first];
        }
        onAnswered: (action, value) => root.answered(action, value)
    }
}
