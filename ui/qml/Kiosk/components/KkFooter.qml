import QtQuick
import Kiosk

// Back on the left, end and clear on the right, always at the same place; without either only a margin.
Item {
    id: root

    required property bool back
    required property bool end

    signal answered(string action)

    height: back || end ? Math.max(Theme.mainButton, away.implicitHeight) + Theme.mm(7) : Theme.mm(3)

    Rectangle {
        width: parent.width
        height: Theme.edge
        visible: root.back || root.end
        color: Theme.line
    }

    KkButton {
        objectName: "answer:frame-back"
        anchors { left: parent.left; leftMargin: Theme.margin; verticalCenter: parent.verticalCenter }
        visible: root.back
        main: true
        icon: "arrow-left"
        label: Theme.words.back
        width: Math.max(implicitWidth, Theme.mm(58))
        onTriggered: root.answered("frame-back")
    }

    KkButton {
        id: away

        objectName: "answer:frame-end"
        anchors { right: parent.right; rightMargin: Theme.margin; verticalCenter: parent.verticalCenter }
        visible: root.end
        main: true
        icon: "sign-out"
        label: Theme.words.end
        width: Math.max(implicitWidth, Theme.mm(58))
        onTriggered: root.answered("frame-end")
    }
}
