import QtQuick
import Kiosk

// Where one stands: a person in a disc, on the map and before the words.
Rectangle {
    width: Theme.mm(Theme.care ? 13 : 10)
    height: width
    radius: width / 2
    color: Theme.primary
    border.width: Theme.edge * 2
    border.color: Theme.bright

    KkIcon {
        anchors.centerIn: parent
        name: "person-simple"
        size: Math.round(parent.width * 0.72)
        color: Theme.bright
    }
}
