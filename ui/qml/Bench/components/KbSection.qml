import QtQuick
import QtQuick.Layouts
import Bench

// One device, or the office, on a card: its name, what is to be said of it, and the button at the edge.
Rectangle {
    id: root

    default property alias parts: body.data
    property string title
    property string note
    property string seen // how the terminal sees it, in the place of the note where that is known
    property bool well: true
    property string action
    property string actionName

    signal acted

    implicitHeight: body.implicitHeight + 2 * KbTheme.pad
    radius: KbTheme.radius
    color: KbTheme.surface
    border.width: 1
    border.color: KbTheme.line

    ColumnLayout {
        id: body

        anchors { left: parent.left; right: parent.right; top: parent.top; margins: KbTheme.pad }
        spacing: KbTheme.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: KbTheme.gap

            Rectangle {
                implicitWidth: 12
                implicitHeight: 12
                radius: 6
                color: root.well ? KbTheme.well : KbTheme.trouble
            }

            Column {
                Layout.fillWidth: true

                KbText {
                    width: parent.width
                    text: root.title
                    heading: true
                }

                KbText {
                    width: parent.width
                    visible: text !== ""
                    text: root.seen === "" ? root.note : "terminal sees: " + root.seen
                    wrapMode: Text.Wrap
                    font.pixelSize: KbTheme.small
                    color: KbTheme.soft
                }
            }

            KbButton {
                objectName: root.actionName
                Layout.preferredWidth: 96
                label: root.action
                onTriggered: root.acted()
            }
        }
    }
}
