import QtQuick
import Bench

// One line to type into.
Rectangle {
    id: root

    property alias text: input.text
    property string label
    property string hint

    signal entered

    implicitHeight: KbTheme.target
    radius: KbTheme.radius
    color: KbTheme.surface
    border.width: input.activeFocus ? 2 : 1
    border.color: input.activeFocus ? KbTheme.focus : KbTheme.line

    TextInput {
        id: input

        anchors { fill: parent; leftMargin: KbTheme.gap; rightMargin: KbTheme.gap }
        activeFocusOnTab: true
        clip: true
        color: KbTheme.ink
        selectionColor: KbTheme.primary
        font.family: KbTheme.family
        font.pixelSize: KbTheme.text
        verticalAlignment: TextInput.AlignVCenter
        onAccepted: root.entered()

        Accessible.role: Accessible.EditableText
        Accessible.name: root.label
    }

    KbText {
        anchors { left: parent.left; leftMargin: KbTheme.gap; verticalCenter: parent.verticalCenter }
        visible: input.text === ""
        text: root.hint
        color: KbTheme.soft
        Accessible.ignored: true
    }
}
