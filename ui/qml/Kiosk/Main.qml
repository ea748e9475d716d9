pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.Bridge

// The window: fixed place and size, no frame; smaller only where the desktop is smaller than the configured screen.
Window {
    id: root

    required property Shell shell
    required property var setup

    x: setup.left
    y: setup.top
    width: Math.round(setup.width * setup.fit)
    height: Math.round(setup.height * setup.fit)
    flags: Qt.Window | Qt.FramelessWindowHint
    visible: true
    title: shell.frame.hall
    color: Theme.ground

    Component.onCompleted: {
        Theme.setUp(setup);
        Theme.words = Qt.binding(() => shell.words);
        Theme.care = Qt.binding(() => shell.frame.care);
        desk.active = true;
        requestActivate();
    }

    HoverHandler {
        enabled: root.setup.hideCursor
        cursorShape: Qt.BlankCursor
    }

    Loader {
        id: desk

        width: root.setup.width
        height: root.setup.height
        scale: root.setup.fit
        transformOrigin: Item.TopLeft
        active: false
        focus: true
        sourceComponent: KkDesk {
            shell: root.shell
        }
    }
}
