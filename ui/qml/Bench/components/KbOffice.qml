import QtQuick
import QtQuick.Layouts
import Bench

KbSection {
    id: root

    required property var world
    readonly property bool runs: world.now.office.runs

    title: "Office"
    well: runs
    note: runs ? "running" : "stopped"
    seen: world.seen.office ?? ""
    action: runs ? "Stop" : "Start"
    actionName: "office:runs"
    onActed: world.office(runs ? "stop" : "start")

    KbGrid {
        enabled: root.runs

        KbButton {
            Layout.fillWidth: true
            objectName: "office:on"
            label: "All counters on"
            onTriggered: root.world.office("on")
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "office:off"
            label: "All counters off"
            onTriggered: root.world.office("off")
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "office:five"
            label: "Five people take a ticket"
            onTriggered: root.world.office("five")
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "office:nobody"
            label: "Nobody waits"
            onTriggered: root.world.office("nobody")
        }
    }
}
