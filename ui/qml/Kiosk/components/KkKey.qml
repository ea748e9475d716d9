import QtQuick
import Kiosk

// A key of a keypad.
KkTarget {
    id: root

    property string icon
    property bool special: false
    property bool chosen: false // of several, the one that holds
    property real capital: special ? Theme.leadMm : Theme.care ? 10 : 8.5
    readonly property bool filled: pressed || chosen
    readonly property bool drawn: icon !== "" && height > 2 * words.implicitHeight

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !root.available ? Theme.shut : root.filled ? Theme.primary : Theme.surface
        border.width: Theme.edge
        border.color: root.filled ? Theme.primary : Theme.line

        KkIcon {
            id: picture

            anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.verticalCenter; verticalCenterOffset: -words.implicitHeight / 2 }
            visible: root.drawn
            name: root.icon
            size: Theme.mm(7)
            color: words.color
        }

        KkText {
            id: words

            anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
            anchors.verticalCenterOffset: root.drawn ? picture.size / 2 : 0
            text: root.label
            capital: root.capital
            horizontalAlignment: Text.AlignHCenter
            color: root.filled ? Theme.bright : root.available ? Theme.primary : Theme.soft
            Accessible.ignored: true
        }
    }
}
