import QtQuick
import Bench

// Something to click, with a second line where `about` has one; `marked` shows what is so at present, a `toggle` with a lamp.
Item {
    id: root

    property string label
    property string about
    property bool marked: false
    property bool toggle: false
    readonly property int side: KbTheme.gap + (toggle ? lamp.width + KbTheme.gap : 0)

    signal triggered

    implicitWidth: Math.max(words.implicitWidth, line.implicitWidth) + 2 * side
    implicitHeight: KbTheme.target + (about === "" ? 0 : 12)
    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: about
    Accessible.focusable: true
    Accessible.checkable: toggle
    Accessible.checked: marked
    Accessible.onPressAction: triggered()

    Keys.onPressed: event => {
        if (![Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space].includes(event.key) || event.isAutoRepeat)
            return;
        event.accepted = true;
        triggered();
    }

    TapHandler {
        id: tap

        onTapped: root.triggered()
    }

    HoverHandler {
        id: pointer
    }

    Rectangle {
        anchors.fill: parent
        radius: KbTheme.radius
        opacity: root.enabled ? 1 : 0.45
        color: root.marked ? KbTheme.primary : tap.pressed || pointer.hovered ? KbTheme.over : KbTheme.button
        border.width: root.activeFocus ? 2 : 1
        border.color: root.activeFocus ? KbTheme.focus : root.marked ? KbTheme.primary : KbTheme.line

        Rectangle {
            id: lamp

            anchors { left: parent.left; leftMargin: KbTheme.gap; verticalCenter: parent.verticalCenter }
            visible: root.toggle
            width: 10
            height: 10
            radius: 5
            color: root.marked ? KbTheme.bright : "transparent"
            border.width: 1
            border.color: root.marked ? KbTheme.bright : KbTheme.line
        }

        Column {
            anchors { left: parent.left; right: parent.right; leftMargin: root.side; rightMargin: KbTheme.gap; verticalCenter: parent.verticalCenter }

            KbText {
                id: words

                width: parent.width
                text: root.label
                elide: Text.ElideRight
                horizontalAlignment: root.toggle ? Text.AlignLeft : Text.AlignHCenter
                color: root.marked ? KbTheme.bright : KbTheme.ink
                Accessible.ignored: true
            }

            KbText {
                id: line

                width: parent.width
                visible: text !== ""
                text: root.about
                elide: Text.ElideRight
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: KbTheme.small
                color: root.marked ? KbTheme.bright : KbTheme.soft
                Accessible.ignored: true
            }
        }
    }
}
