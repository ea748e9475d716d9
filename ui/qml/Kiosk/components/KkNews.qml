pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "whole.js" as Whole

// What can be done here and the hall's notices, one after the other where there are several.
Rectangle {
    id: root

    required property var can
    required property var notices
    property int shown: 0
    readonly property string notice: notices.length > 0 ? notices[shown % notices.length] : ""

    implicitHeight: sheet.height + 2 * Theme.mm(6)
    radius: Theme.radius
    color: Theme.surface

    Timer {
        interval: 8000
        running: root.visible && root.notices.length > 1
        repeat: true
        onTriggered: root.shown += 1
    }

    Item {
        id: sheet

        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.mm(6) }
        height: (root.can.length ? able.implicitHeight + Theme.mm(1) + list.implicitHeight : 0) + (box.implicitHeight ? box.implicitHeight + Theme.mm(5) : 0)

        KkText {
            id: able

            width: parent.width
            visible: root.can.length > 0
            text: Theme.words.canDo
            color: Theme.soft
        }

        KkText {
            id: list

            y: able.implicitHeight + Theme.mm(1)
            width: parent.width
            visible: root.can.length > 0
            text: root.can.map(Whole.whole).join("\u00a0\u00a0·  ")
            capital: Theme.care ? Theme.leadMm : 7
            heading: true
            color: Theme.primary
            Accessible.name: root.can.join("  ·  ")
        }

        KkBox {
            id: box

            anchors.bottom: parent.bottom
            width: parent.width
            height: implicitHeight
            icon: "megaphone-simple"
            tone: "wait"
            caption: Theme.words.notices
            text: root.notice
        }
    }
}
