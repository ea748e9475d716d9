import QtQuick
import Kiosk

// Something to touch. One that is not `available` still takes the focus, so that its reason can be read.
Item {
    id: root

    readonly property bool kkTarget: true
    readonly property bool pressed: tap.pressed
    property string label
    property string about
    property bool available: true

    signal triggered

    function press(): void {
        if (available)
            triggered();
    }

    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: about
    Accessible.focusable: true
    Accessible.onPressAction: press()

    Keys.onPressed: event => {
        const was = Theme.keyed;
        Theme.keyed = true;
        if (![Qt.Key_Return, Qt.Key_Enter, Qt.Key_Select, Qt.Key_Space].includes(event.key))
            return;
        event.accepted = true;
        if (was && !event.isAutoRepeat)
            press();
    }

    TapHandler {
        id: tap

        enabled: root.available
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: {
            Theme.keyed = false;
            root.triggered();
        }
    }

    Rectangle {
        objectName: "ring"
        z: 1
        visible: root.activeFocus && Theme.keyed
        anchors.fill: parent
        anchors.margins: -Theme.ring - 2
        color: "transparent"
        radius: Theme.radius + Theme.ring
        border.width: Theme.ring
        border.color: Theme.focus
    }
}
