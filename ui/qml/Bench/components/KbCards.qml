pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Bench

// The cards of everybody: laid down or put in by a click, taken away by another.
KbGrid {
    id: root

    required property var world
    required property string role
    required property var lying

    Repeater {
        model: root.world.people

        KbButton {
            required property var modelData

            Layout.fillWidth: true
            objectName: "card:" + root.role + ":" + modelData.key
            label: modelData.name
            about: modelData.about
            marked: root.lying === modelData.key
            onTriggered: root.world.lay(root.role, modelData.key)
        }
    }

    KbButton {
        Layout.fillWidth: true
        Layout.fillHeight: true
        objectName: "card:" + root.role + ":none"
        label: "Take the card away"
        enabled: root.lying !== null
        onTriggered: root.world.lay(root.role, "")
    }
}
