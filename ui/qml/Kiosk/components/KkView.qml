import QtQuick
import Kiosk

// What a camera sees now, ten pictures a second, or a picture that was taken. Nothing of it is kept.
Rectangle {
    id: root

    required property string role
    required property string taken // URL of the picture, "" while the camera is shown
    property int turn: 0
    readonly property bool live: taken === ""
    readonly property bool dark: picture.implicitWidth <= 1

    radius: Theme.radius
    color: Theme.ink
    clip: true

    Accessible.role: Accessible.Graphic
    Accessible.name: Theme.words.picture

    Timer {
        interval: 100
        running: root.live && root.visible
        repeat: true
        onTriggered: root.turn += 1
    }

    Image {
        id: picture

        anchors { fill: parent; margins: Theme.mm(2) }
        source: root.live ? "image://kiosk/" + root.role + "/" + root.turn : root.taken
        sourceSize: Qt.size(Math.round(width), 0)
        cache: false
        fillMode: Image.PreserveAspectFit
        visible: !root.dark
    }

    KkCorners {
        anchors.centerIn: parent
        width: picture.paintedWidth * 0.92
        height: picture.paintedHeight * 0.9
        visible: root.live && !root.dark
    }

    KkText {
        anchors { left: parent.left; right: parent.right; margins: Theme.mm(6); verticalCenter: parent.verticalCenter }
        visible: root.dark
        text: Theme.words.noPicture
        capital: Theme.leadMm
        color: Theme.bright
        horizontalAlignment: Text.AlignHCenter
    }
}
