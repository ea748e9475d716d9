import QtQuick
import Kiosk

// For whom a helper acts, in sight on every screen; absent when everybody acts for themselves.
Rectangle {
    id: root

    required property string text

    height: text === "" ? 0 : words.implicitHeight + 2 * Theme.mm(1.5)
    visible: text !== ""
    color: Theme.primarySoft

    KkIcon {
        id: picture

        anchors { left: parent.left; leftMargin: Theme.margin; verticalCenter: parent.verticalCenter }
        name: "users"
        size: Theme.mm(Theme.textMm * 1.6)
    }

    KkText {
        id: words

        anchors { left: picture.right; leftMargin: Theme.mm(3); right: parent.right; rightMargin: Theme.margin; verticalCenter: parent.verticalCenter }
        text: root.text
        color: Theme.primary
    }
}
