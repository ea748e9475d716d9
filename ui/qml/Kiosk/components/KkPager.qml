import QtQuick
import Kiosk

// Turns the pages.
Item {
    id: root

    required property int page
    required property int pages

    signal turned(int by)

    implicitHeight: Math.max(less.implicitHeight, more.implicitHeight)

    KkButton {
        id: less

        objectName: "page:previous"
        anchors.left: parent.left
        height: parent.height
        width: Math.max(implicitWidth, Theme.mm(48))
        icon: "caret-left"
        label: Theme.words.previous
        available: root.page > 0
        onTriggered: root.turned(-1)
    }

    KkText {
        anchors.centerIn: parent
        text: (root.page + 1) + " / " + root.pages
        Accessible.name: Theme.words.page.arg(root.page + 1).arg(root.pages)
    }

    KkButton {
        id: more

        objectName: "page:next"
        anchors.right: parent.right
        height: parent.height
        width: Math.max(implicitWidth, Theme.mm(48))
        icon: "caret-right"
        after: true
        label: Theme.words.more
        available: root.page < root.pages - 1
        onTriggered: root.turned(1)
    }
}
