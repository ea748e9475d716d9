import QtQuick
import Kiosk

// Looks like a field and opens the search.
KkTarget {
    id: root

    required property var option
    property bool wide: true
    readonly property real grow: 1
    readonly property string explanation: option.enabled ? option.about : option.why || Theme.words.unavailable

    label: option.title
    about: explanation
    available: option.enabled
    implicitHeight: Math.max(Theme.mainButton, words.height + 2 * Theme.mm(2))

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius * 2
        color: !root.available ? Theme.shut : root.pressed ? Theme.primarySoft : Theme.surface
        border.width: Theme.edge * 2
        border.color: root.available ? Theme.primary : Theme.line

        KkIcon {
            id: glass

            anchors { left: parent.left; leftMargin: Theme.pad; verticalCenter: parent.verticalCenter }
            name: "magnifying-glass"
            size: Theme.mm(Theme.care ? 14 : 11)
            color: root.available ? Theme.primary : Theme.soft
        }

        Item {
            id: words

            anchors { left: glass.right; leftMargin: Theme.pad; right: parent.right; rightMargin: Theme.pad; verticalCenter: parent.verticalCenter }
            height: title.implicitHeight + (root.explanation === "" ? 0 : more.implicitHeight)

            KkText {
                id: title

                width: parent.width
                text: root.option.title
                capital: Theme.leadMm
                heading: true
                color: root.available ? Theme.primary : Theme.soft
                Accessible.ignored: true
            }

            KkText {
                id: more

                y: title.implicitHeight
                width: parent.width
                visible: root.explanation !== ""
                text: root.explanation
                color: root.available ? Theme.soft : Theme.accentInk
                Accessible.ignored: true
            }
        }
    }
}
