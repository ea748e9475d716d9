import QtQuick
import Bench

// An entry of the list: a button with a lamp that shows whether the thing is there.
KbButton {
    id: root

    property bool well: true

    Rectangle {
        anchors { right: parent.right; rightMargin: KbTheme.gap; verticalCenter: parent.verticalCenter }
        width: 10
        height: 10
        radius: 5
        color: root.well ? KbTheme.well : KbTheme.trouble
        border.width: 1
        border.color: KbTheme.bright
    }
}
