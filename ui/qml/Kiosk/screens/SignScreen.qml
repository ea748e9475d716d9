pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "../components/passages.js" as Passages

Item {
    id: root

    required property string title
    required property string hint
    required property string declaration
    required property string error
    readonly property bool beside: Theme.landscape
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))

    signal answered(string action, string value)

    KkHeaded {
        anchors { top: parent.top; bottom: root.beside ? parent.bottom : pen.top; bottomMargin: root.beside ? 0 : root.gap }
        width: root.beside ? parent.width - pen.width - Theme.mm(10) : parent.width
        title: root.title
        hint: root.hint
        gap: Math.max(Theme.gap, Theme.mm(3))

        KkBox {
            icon: "warning-circle"
            tone: "error"
            text: root.error
        }

        Repeater {
            model: Passages.parts(root.declaration, Passages.LINE)

            KkBox {
                required property string modelData

                text: modelData
                capital: Theme.care ? Theme.textMm : 5.2
            }
        }
    }

    KkPen {
        id: pen
        objectName: "signature"

        // The height of a signature's field to its width.
        anchors { top: root.beside ? parent.top : undefined; bottom: root.beside ? undefined : actions.top; bottomMargin: root.gap; right: parent.right }
        width: root.beside ? Math.min(parent.width * 0.6, (parent.height - actions.height - root.gap) / 0.4) : parent.width
        height: width * 0.4
    }

    KkActions {
        id: actions

        anchors { top: root.beside ? pen.bottom : undefined; topMargin: root.gap; bottom: root.beside ? undefined : parent.bottom; right: parent.right }
        width: root.beside ? pen.width : parent.width
        height: implicitHeight
        beside: true
        actions: [
            { action: "sign", label: Theme.words.sign, icon: "check", primary: true, enabled: pen.count > 0 },
            { action: "clear", name: "sign:clear", label: Theme.words.clear, icon: "eraser", enabled: pen.count > 0 }
        ]
        onAnswered: action => action === "clear" ? pen.clear() : root.answered("sign", pen.path())
    }
}
