import QtQuick
import Bench

// A section for the device of one role: its plug, and its state as `device`.
KbSection {
    id: root

    required property var world
    required property string role
    readonly property var device: world.now.devices[role] ?? null
    readonly property bool plugged: device?.plugged ?? false

    visible: device !== null
    well: plugged
    note: plugged ? "plugged in" : "unplugged"
    seen: world.seen[role] ?? ""
    action: plugged ? "Unplug" : "Plug in"
    actionName: "plug:" + role
    onActed: world.plug(role, !plugged)
}
