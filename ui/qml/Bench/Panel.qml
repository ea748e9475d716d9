import QtQuick
import QtQuick.Layouts
import Bench

// The bench panel. Closing it ends the run: the citizen's window has no frame to close.
Window {
    id: root

    required property var world
    required property var setup

    objectName: "bench"
    x: setup.left
    y: setup.top
    width: setup.width
    height: setup.height
    visible: true
    title: "Bench: the world around the terminal"
    color: KbTheme.ground
    onClosing: Qt.quit()

    Component.onCompleted: KbTheme.family = setup.family

    RowLayout {
        anchors { fill: parent; margins: KbTheme.pad; bottomMargin: KbTheme.pad + status.height }
        spacing: KbTheme.pad

        Flickable {
            id: left

            Layout.fillWidth: true
            Layout.fillHeight: true
            contentHeight: parts.height
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            ColumnLayout {
                id: parts

                width: left.width
                spacing: KbTheme.pad

                KbReader {
                    Layout.fillWidth: true
                    world: root.world
                }

                KbScanner {
                    Layout.fillWidth: true
                    world: root.world
                }

                KbOffice {
                    Layout.fillWidth: true
                    world: root.world
                }
            }
        }

        ColumnLayout {
            Layout.preferredWidth: root.setup.paperWidth
            Layout.maximumWidth: root.setup.paperWidth
            Layout.fillHeight: true
            spacing: KbTheme.pad

            KbPrinter {
                Layout.fillWidth: true
                world: root.world
            }

            KbPaper {
                Layout.fillWidth: true
                Layout.fillHeight: true
                world: root.world
                paperWidth: root.setup.paperWidth
            }
        }
    }

    KbStatus {
        id: status

        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        said: root.world.said
    }
}
