pragma ComponentBehavior: Bound

import QtQuick
import Bench

// Everything that stands around the terminal, each with a lamp; the one clicked is shown in full.
Column {
    id: root

    required property var world
    property int current: 0

    spacing: KbTheme.gap

    function brief(role: string): string {
        const words = (world.seen[role] ?? "").split(", ");
        return words.filter((word, at) => at === 0 || !word.includes(" ")).join(", ");
    }

    Repeater {
        model: root.world.devices

        KbEntry {
            required property var modelData
            required property int index

            width: root.width
            objectName: "show:" + modelData.role
            label: modelData.title
            about: root.brief(modelData.role)
            well: root.world.now.devices[modelData.role]?.plugged ?? false
            marked: root.current === index
            onTriggered: root.current = index
        }
    }

    KbEntry {
        width: root.width
        objectName: "show:office"
        label: "Office"
        about: root.brief("office")
        well: root.world.now.office.runs
        marked: root.current === root.world.devices.length
        onTriggered: root.current = root.world.devices.length
    }
}
