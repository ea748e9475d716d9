import QtQuick
import QtQuick.Layouts
import Bench

// The papers: the one that hangs in the slot, and those that were torn off.
Rectangle {
    id: root

    required property var world
    required property real paperWidth
    readonly property var paper: world.now.paper
    readonly property string title: paper.title ?? ""
    readonly property int above: paperWidth / 18 // ground in the picture that the bar above makes needless

    radius: KbTheme.radius
    color: KbTheme.desk
    border.width: 1
    border.color: KbTheme.line
    visible: (paper.first ?? null) !== null
    onTitleChanged: roll.contentY = 0

    RowLayout {
        id: bar

        anchors { left: parent.left; right: parent.right; top: parent.top; margins: KbTheme.pad }
        spacing: KbTheme.gap

        KbButton {
            objectName: "paper:earlier"
            label: "Earlier"
            enabled: !(root.paper.first ?? true)
            onTriggered: root.world.leaf(-1)
        }

        KbButton {
            objectName: "paper:later"
            label: "Later"
            enabled: !(root.paper.last ?? true)
            onTriggered: root.world.leaf(1)
        }

        Column {
            Layout.fillWidth: true

            KbText {
                width: parent.width
                text: root.title || "The slot is empty"
                elide: Text.ElideRight
                font.weight: Font.Bold
            }

            KbText {
                objectName: "paper:befell"
                width: parent.width
                visible: text !== ""
                text: root.paper.befell ?? ""
                elide: Text.ElideRight
                font.pixelSize: KbTheme.small
                color: KbTheme.soft
            }
        }

        KbButton {
            Layout.preferredWidth: 96
            objectName: "paper:tear"
            label: "Tear off"
            enabled: root.paper.hangs ?? false
            onTriggered: root.world.tear()
        }
    }

    Flickable {
        id: roll

        anchors { left: parent.left; right: parent.right; top: bar.bottom; bottom: parent.bottom; margins: 1; topMargin: KbTheme.gap }
        contentHeight: picture.height - root.above
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Image {
            id: picture

            objectName: "paper:picture"
            anchors.horizontalCenter: parent.horizontalCenter
            y: -root.above
            width: root.paperWidth
            height: source.toString() === "" ? 0 : sourceSize.height * width / Math.max(1, sourceSize.width)
            source: root.paper.source ?? ""
            cache: false

            Accessible.role: Accessible.Graphic
            Accessible.name: root.title
        }
    }
}
