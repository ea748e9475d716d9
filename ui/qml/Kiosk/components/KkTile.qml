import QtQuick
import Kiosk

// One of the acts people come for: a large card with the icon above the words.
KkTarget {
    id: root

    required property var option
    readonly property real grow: 1.2 // its words stand at the top
    readonly property string note: available ? option.note : ""
    readonly property bool beside: ruler.advanceWidth(note) <= short.width // else it stands where the explanation would
    readonly property string explanation: !option.enabled ? option.why || Theme.words.unavailable : beside ? option.about : note
    readonly property color front: available ? Theme.bright : Theme.soft

    label: option.title
    about: [beside ? note : "", explanation].filter(part => part !== "").join(" ")
    available: option.enabled
    readonly property int least: Theme.mm(Theme.care ? 15 : 16)

    implicitHeight: Math.max(Theme.mainButton * 1.6, least + title.implicitHeight + reason.implicitHeight + 2 * Theme.pad + Theme.mm(2))

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !root.available ? Theme.shut : root.pressed ? Theme.primaryDown : Theme.primary
        border.width: root.available ? 0 : Theme.edge
        border.color: Theme.line

        KkIcon {
            id: picture

            anchors { left: parent.left; top: parent.top; margins: Theme.pad }
            name: root.option.icon
            size: root.least
            color: root.front
        }

        FontMetrics {
            id: ruler

            font: short.font
        }

        KkText {
            id: short

            anchors { left: picture.right; leftMargin: Theme.mm(3); right: parent.right; rightMargin: Theme.pad; verticalCenter: picture.verticalCenter }
            text: root.beside ? root.note : ""
            color: root.front
            horizontalAlignment: Text.AlignRight
            Accessible.ignored: true
        }

        KkText {
            id: title

            anchors { left: parent.left; right: parent.right; top: picture.bottom; leftMargin: Theme.pad; rightMargin: Theme.pad; topMargin: Theme.mm(2) }
            text: root.option.title
            capital: Theme.care ? 10 : 8
            heading: true
            color: root.front
            Accessible.ignored: true
        }

        KkText {
            id: reason

            anchors { left: parent.left; right: parent.right; top: title.bottom; leftMargin: Theme.pad; rightMargin: Theme.pad }
            text: root.explanation
            color: root.available ? Theme.bright : Theme.accentInk
            Accessible.ignored: true
        }
    }
}
