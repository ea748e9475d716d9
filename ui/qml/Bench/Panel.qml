pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bench

// The bench panel: who is there at the left, what can be done to the one that is chosen, the papers at the right.
// Closing it ends the run: the citizen's window has no frame to close.
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

        KbList {
            id: list

            Layout.preferredWidth: 210
            Layout.fillHeight: true
            world: root.world
        }

        Flickable {
            id: middle

            objectName: "middle"
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentHeight: chosen.height
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            StackLayout {
                id: chosen

                width: middle.width
                currentIndex: list.current
                onCurrentIndexChanged: middle.contentY = 0

                Repeater {
                    model: root.world.devices

                    KbDevice {
                        required property var modelData

                        Layout.fillWidth: true
                        Layout.fillHeight: false
                        world: root.world
                        about: modelData
                    }
                }

                KbOffice {
                    Layout.fillWidth: true
                    Layout.fillHeight: false
                    world: root.world
                }
            }
        }

        KbPaper {
            Layout.preferredWidth: root.setup.paperWidth
            Layout.maximumWidth: root.setup.paperWidth
            Layout.fillHeight: true
            world: root.world
            paperWidth: root.setup.paperWidth
        }
    }

    KbStatus {
        id: status

        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        said: root.world.said
    }
}
