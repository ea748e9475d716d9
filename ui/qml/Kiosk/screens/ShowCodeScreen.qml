pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.Bridge

Item {
    id: root

    required property string title
    required property string hint
    required property string code
    required property var points
    required property string state // qmllint disable property-override
    required property bool busy
    required property string done
    required property string other
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))
    readonly property bool beside: Theme.landscape
    readonly property real half: beside ? (width - Theme.mm(12)) * 0.56 : width

    signal answered(string action, string value)

    Rectangle {
        id: sheet

        readonly property real room: root.beside ? parent.height - (standing.height > 0 ? standing.height + root.gap : 0) : root.height * 0.36

        anchors { bottom: root.beside ? undefined : standing.top; bottomMargin: root.gap; right: parent.right }
        width: root.beside ? parent.width - root.half - Theme.mm(12) : parent.width
        height: Math.min(room, width)
        radius: Theme.radius
        color: Theme.surface

        Image {
            readonly property int side: Math.min(parent.width, parent.height) - 2 * Theme.mm(4)

            anchors.centerIn: parent
            width: side
            height: side
            source: QrCode.source(root.code, side)
            cache: false // nothing about a citizen stays behind
            smooth: false
            fillMode: Image.PreserveAspectFit

            Accessible.role: Accessible.Graphic
            Accessible.name: Theme.words.qrCode
        }
    }

    KkHeaded {
        anchors { top: parent.top; bottom: root.beside ? actions.top : sheet.top; bottomMargin: root.gap }
        width: root.half
        title: root.title
        hint: root.hint

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

    KkState {
        id: standing

        anchors { bottom: root.beside ? parent.bottom : actions.top; bottomMargin: root.beside || implicitHeight === 0 ? 0 : root.gap; right: parent.right }
        width: sheet.width
        height: implicitHeight
        text: root.state
        busy: root.busy
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        width: root.half
        height: implicitHeight
        actions: {
            const done = { action: "done", label: root.done, primary: true };
            return root.other === "" ? [done] : [done, { action: "other", label: root.other }];
        }
        onAnswered: (action, value) => root.answered(action, value)
    }
}
