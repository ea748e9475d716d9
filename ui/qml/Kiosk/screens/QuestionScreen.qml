pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property var points
    required property string yes
    required property string no
    required property string icon

    signal answered(string action, string value)

    KkPaged {
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: actions.top; bottomMargin: Theme.mm(5) }
        centred: true
        scenery: true

        Item {
            implicitHeight: root.icon === "" || Theme.landscape ? 0 : medal.size

            KkMedal {
                id: medal

                anchors.horizontalCenter: parent.horizontalCenter
                visible: parent.implicitHeight > 0
                name: root.icon
                size: Theme.mm(Theme.care ? 34 : 46)
            }
        }

        KkHeading {
            title: root.title
            alignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter
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
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
        actions: [{ action: "yes", label: root.yes, primary: true, icon: "check" }, { action: "no", label: root.no }]
        onAnswered: (action, value) => root.answered(action, value)
    }
}
