pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string hint
    required property string role
    required property var taken
    required property bool busy
    required property string error
    required property string other
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))
    readonly property bool beside: Theme.landscape
    readonly property real side: beside ? Math.round(width * 0.34) : width

    signal answered(string action, string value)

    KkHeaded {
        id: head

        anchors { top: parent.top; right: parent.right }
        width: root.side
        room: root.beside ? (standing.height > 0 ? standing.y : actions.y) - root.gap : parent.height * 0.4
        height: root.beside ? room : Math.min(wanted, room)
        title: root.title
        hint: root.hint

        KkBox {
            icon: "warning"
            tone: "warn"
            text: root.error
        }
    }

    KkView {
        id: view

        readonly property real first: root.beside ? 0 : head.height + root.gap
        readonly property real room: (root.beside ? parent.height : standing.y - (standing.height > 0 ? root.gap : 0)) - first

        y: first + (root.beside ? 0 : (room - height) * 0.3)
        width: root.beside ? root.width - root.side - Theme.mm(10) : root.width
        height: Math.min(room, width * 0.75)
        role: root.role
        taken: root.taken?.jpeg ?? ""
    }

    KkState {
        id: standing

        anchors { bottom: actions.top; bottomMargin: actions.height > 0 ? root.gap : 0; right: parent.right }
        width: root.side
        height: implicitHeight
        text: root.busy ? Theme.words.taking : ""
        busy: root.busy
    }

    KkActions {
        id: actions

        anchors { bottom: parent.bottom; right: parent.right }
        width: root.side
        height: implicitHeight
        beside: false
        actions: {
            if (root.busy)
                return [];
            const found = root.taken ? [
                { action: "use", label: Theme.words.use, primary: true, icon: "check" },
                { action: "again", label: Theme.words.again, icon: "camera" }
            ] : [{ action: "take", label: Theme.words.take, primary: true, icon: "camera" }];
            return root.other === "" ? found : found.concat([{ action: "other", label: root.other }]);
        }
        onAnswered: (action, value) => root.answered(action, value)
    }
}
