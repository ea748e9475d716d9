pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bench

KbDevice {
    id: root

    role: "scanner"
    title: "Code scanner"

    function scan(): void {
        if (field.text !== "")
            world.scan(field.text);
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: KbTheme.gap

        KbField {
            id: field

            Layout.fillWidth: true
            objectName: "code"
            label: "What the code says"
            hint: "What the code says"
            onEntered: root.scan()
        }

        KbButton {
            Layout.preferredWidth: 96
            objectName: "scan"
            label: "Scan"
            enabled: field.text !== ""
            onTriggered: root.scan()
        }
    }

    KbGrid {
        KbButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            objectName: "hold:last"
            label: "Slip printed last"
            onTriggered: root.world.hold("last")
        }

        KbButton {
            Layout.fillWidth: true
            objectName: "hold:case"
            label: "Slip of a case"
            about: root.world.case
            onTriggered: root.world.hold("case")
        }

        Repeater {
            model: root.world.codes

            KbButton {
                required property var modelData

                Layout.fillWidth: true
                objectName: "hold:" + modelData.key
                label: modelData.label
                onTriggered: root.world.hold(modelData.key)
            }
        }
    }
}
