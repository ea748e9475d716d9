import QtQuick
import Bench

// What was done last, what is being done, and what went wrong.
Rectangle {
    id: root

    required property var said
    readonly property bool wrong: said.error && said.busy === ""

    implicitHeight: KbTheme.target
    color: wrong ? KbTheme.trouble : KbTheme.primary

    KbText {
        objectName: "said"
        anchors { left: parent.left; right: parent.right; margins: KbTheme.pad; verticalCenter: parent.verticalCenter }
        text: root.said.busy !== "" ? "… " + root.said.busy : root.said.text || "Ready"
        elide: Text.ElideRight
        color: KbTheme.bright
    }
}
