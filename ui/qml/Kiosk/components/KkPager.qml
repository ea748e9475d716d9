import QtQuick
import Kiosk

// Turns the pages.
Item {
    id: root

    property string part: "page"
    required property int page
    required property int pages
    property string caption // instead of the number of the page

    signal turned(int by)

    implicitHeight: Math.max(less.implicitHeight, more.implicitHeight)

    KkButton {
        id: less

        objectName: root.part + ":previous"
        anchors.left: parent.left
        height: parent.height
        width: Math.max(implicitWidth, Math.min(Theme.mm(48), parent.width * 0.3))
        icon: "caret-left"
        label: Theme.words.previous
        available: root.page > 0
        onTriggered: root.turned(-1)
    }

    KkText {
        anchors.centerIn: parent
        visible: implicitWidth < more.x - less.width - Theme.mm(2)
        text: root.caption || (root.page + 1) + " / " + root.pages
        Accessible.name: root.caption || Theme.words.page.arg(root.page + 1).arg(root.pages)
    }

    KkButton {
        id: more

        objectName: root.part + ":next"
        anchors.right: parent.right
        height: parent.height
        width: Math.max(implicitWidth, Math.min(Theme.mm(48), parent.width * 0.3))
        icon: "caret-right"
        after: true
        label: Theme.words.more
        available: root.page < root.pages - 1
        onTriggered: root.turned(1)
    }
}
