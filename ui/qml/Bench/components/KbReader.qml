pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bench

KbDevice {
    id: root

    role: "id_reader"
    title: "Card reader"

    KbGrid {
        Repeater {
            model: root.world.people

            KbButton {
                required property var modelData

                Layout.fillWidth: true
                objectName: "card:" + modelData.key
                label: modelData.name
                about: modelData.about
                marked: root.device?.card === modelData.key
                onTriggered: root.world.lay(modelData.key)
            }
        }

        KbButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            objectName: "card:none"
            label: "Take the card away"
            enabled: (root.device?.card ?? null) !== null
            onTriggered: root.world.change(root.role, { card: null })
        }
    }

    KbGrid {
        KbButton {
            Layout.fillWidth: true
            objectName: "reader:leaves"
            toggle: true
            label: "Lifted while read"
            marked: root.device?.leaves_at === "read"
            onTriggered: root.world.change(root.role, { leaves_at: marked ? "" : "read" })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "reader:wrong"
            toggle: true
            label: "Wrong check digit"
            marked: root.device?.wrong_check_digit ?? false
            onTriggered: root.world.change(root.role, { wrong_check_digit: !marked })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "reader:slow"
            toggle: true
            label: "Takes 3 s to read"
            marked: (root.device?.read_ms ?? 0) > 0
            onTriggered: root.world.change(root.role, { read_ms: marked ? 0 : 3000 })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "reader:silent"
            toggle: true
            label: "Silent"
            marked: root.device?.silent ?? false
            onTriggered: root.world.change(root.role, { silent: !marked })
        }
    }
}
