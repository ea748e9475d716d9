pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bench

// One device: its plug, the cards and codes one can hold to it, and everything that can happen to it.
KbSection {
    id: root

    required property var world
    required property var about
    readonly property var device: world.now.devices[about.role] ?? null
    readonly property bool plugged: device?.plugged ?? false

    title: about.title
    well: plugged
    note: plugged ? "plugged in" : "unplugged"
    seen: world.seen[about.role] ?? ""
    action: plugged ? "Unplug" : "Plug in"
    actionName: "plug:" + about.role
    onActed: world.plug(about.role, !plugged)

    KbCards {
        visible: root.about.card !== ""
        world: root.world
        role: root.about.role
        lying: root.about.card === "" ? null : root.device?.[root.about.card] ?? null
    }

    KbCodes {
        visible: root.about.reads
        world: root.world
        role: root.about.role
    }

    KbGrid {
        Repeater {
            model: root.about.controls

            KbButton {
                required property var modelData

                Layout.fillWidth: true
                objectName: root.about.role + ":" + modelData.name
                label: modelData.label
                toggle: modelData.toggle
                marked: root.device?.marked[modelData.name] ?? false
                onTriggered: root.world.press(root.about.role, modelData.name)
            }
        }
    }

    KbText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.device?.shows ?? ""
        wrapMode: Text.Wrap
        font.pixelSize: KbTheme.small
        color: KbTheme.soft
    }
}
