pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "../components/passages.js" as Passages

Item {
    id: root

    required property string title
    required property string hint
    required property var rows
    required property string declaration
    required property string submit
    required property var second
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))
    readonly property bool beside: Theme.landscape
    readonly property real side: beside ? Math.round(width * 0.36) : width
    readonly property real reading: beside ? width - side - Theme.mm(10) : width
    // One that is too long to stand beside the button is read first.
    readonly property bool pinned: vow.implicitHeight <= (beside ? height - actions.implicitHeight - gap : height * 0.4)

    signal answered(string action, string value)

    KkHeaded {
        anchors { top: parent.top; bottom: root.beside ? parent.bottom : vow.top; bottomMargin: root.beside ? 0 : root.gap }
        width: root.reading
        title: root.title
        hint: root.hint

        Repeater {
            model: root.pinned ? [] : Passages.parts(root.declaration, Passages.LINE)

            KkLine {
                required property string modelData

                text: modelData
                mark: ""
            }
        }

        Repeater {
            model: Passages.answers(root.rows)

            KkAnswer {
                required property var modelData

                row: modelData
                onTriggered: root.answered("change", modelData.key)
            }
        }
    }

    KkBox {
        id: vow

        anchors { bottom: actions.top; bottomMargin: height > 0 ? root.gap : 0; right: parent.right }
        width: root.side
        height: root.pinned ? implicitHeight : 0
        visible: root.pinned
        icon: "handshake"
        text: root.declaration
    }

    KkActions {
        id: actions

        anchors { bottom: parent.bottom; right: parent.right }
        width: root.side
        height: implicitHeight
        beside: false
        actions: {
            const submit = { action: "submit", label: root.submit, primary: true, icon: "check" };
            return root.second ? [submit, { action: "second", label: root.second }] : [submit];
        }
        onAnswered: (action, value) => root.answered(action, value)
    }
}
