import QtQuick
import Kiosk

// An icon on a soft round ground.
Rectangle {
    id: root

    required property string name
    property int size: Theme.mm(14)
    property bool shut: false
    property string tone: "plain"

    width: size
    height: size
    radius: size / 2
    color: shut ? Theme.ground : Theme.tones[tone].soft

    KkIcon {
        anchors.centerIn: parent
        name: root.name
        size: Math.round(root.size * 0.58)
        color: root.shut ? Theme.soft : Theme.tones[root.tone].edge
    }
}
