pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bench

KbDevice {
    id: root

    role: "receipt_printer"
    title: "Receipt printer"

    KbGrid {
        columns: 3

        Repeater {
            model: ["full", "low", "out"]

            KbButton {
                required property string modelData

                Layout.fillWidth: true
                objectName: "paper:" + modelData
                label: "Paper " + modelData
                marked: root.device?.paper === modelData
                onTriggered: root.world.change(root.role, { paper: modelData })
            }
        }
    }

    KbGrid {
        KbButton {
            Layout.fillWidth: true
            objectName: "printer:middle"
            toggle: true
            label: "Paper ends in 3 rows"
            marked: (root.device?.paper_after_lines ?? null) !== null
            onTriggered: root.world.change(root.role, { paper_after_lines: marked ? null : 3 })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "printer:cover-middle"
            toggle: true
            label: "Cover opens in 3 rows"
            marked: (root.device?.cover_after_lines ?? null) !== null
            onTriggered: root.world.change(root.role, { cover_after_lines: marked ? null : 3 })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "printer:cover"
            toggle: true
            label: "Cover open"
            marked: root.device?.cover === "open"
            onTriggered: root.world.change(root.role, { cover: marked ? "closed" : "open" })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "printer:jam"
            toggle: true
            label: "Cutter jams"
            marked: (root.device?.jam ?? "") !== ""
            onTriggered: root.world.change(root.role, { jam: marked ? "" : "cutter" })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "printer:hot"
            toggle: true
            label: "Head too hot"
            marked: root.device?.hot ?? false
            onTriggered: root.world.change(root.role, { hot: !marked })
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "printer:silent"
            toggle: true
            label: "Silent"
            marked: root.device?.silent ?? false
            onTriggered: root.world.change(root.role, { silent: !marked })
        }
    }
}
