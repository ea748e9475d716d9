pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bench

// Codes held in front of a scanner or a camera: one that is typed, and some that are ours or are not.
ColumnLayout {
    id: root

    required property var world
    required property string role

    Layout.fillWidth: true
    spacing: KbTheme.gap

    function scan(): void {
        if (field.text !== "")
            world.scan(role, field.text);
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: KbTheme.gap

        KbField {
            id: field

            Layout.fillWidth: true
            objectName: "code:" + root.role
            label: "What the code says"
            hint: "What the code says"
            onEntered: root.scan()
        }

        KbButton {
            Layout.preferredWidth: 96
            objectName: "scan:" + root.role
            label: "Scan"
            enabled: field.text !== ""
            onTriggered: root.scan()
        }
    }

    KbGrid {
        KbButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            objectName: "hold:" + root.role + ":last"
            label: "Slip printed last"
            onTriggered: root.world.hold(root.role, "last")
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "hold:" + root.role + ":case"
            label: "Slip of a case"
            about: root.world.case
            onTriggered: root.world.hold(root.role, "case")
        }

        Repeater {
            model: root.world.codes

            KbButton {
                required property var modelData

                Layout.fillWidth: true
                objectName: "hold:" + root.role + ":" + modelData.key
                label: modelData.label
                onTriggered: root.world.hold(root.role, modelData.key)
            }
        }
    }
}
