pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.Bridge
import "content.js" as Content
import "navigator.js" as Navigator

// The whole glass: the screen in its frame, and what keys do everywhere.
Item {
    id: root

    required property Shell shell
    readonly property var frame: shell.frame
    property int step: 0

    function answer(action: string, value: string): void {
        shell.answer(action, value);
    }

    // The focus goes to the screen, for whoever uses the keypad to what had it before or comes first.
    function refocus(name: string): void {
        (stage.item as Item).forceActiveFocus();
        if (Theme.keyed)
            Navigator.named(stage, name)?.forceActiveFocus();
    }

    function reword(): void {
        const focused = Window.activeFocusItem?.objectName ?? "";
        Content.update(stage.item, shell.content);
        refocus(focused);
    }

    function load(): void {
        const focused = Window.activeFocusItem?.objectName ?? "";
        const same = stage.source.toString().endsWith("/" + shell.name + "Screen.qml");
        stage.setSource(Qt.resolvedUrl("../screens/" + shell.name + "Screen.qml"), shell.content);
        refocus(focused);
        const direction = frame.step[0] < step ? -1 : 1;
        step = frame.step[0];
        if (!same && Theme.motion > 0)
            slide.play(direction);
    }

    focus: true
    Keys.onPressed: event => {
        Theme.keyed = true;
        if (event.key === Qt.Key_Escape || event.key === Qt.Key_Back)
            event.accepted = true;
        if (event.accepted && frame.back && !still.active)
            answer("frame-back", "");
        if (![Qt.Key_Left, Qt.Key_Right, Qt.Key_Up, Qt.Key_Down].includes(event.key))
            return;
        event.accepted = true;
        Navigator.next(still.active ? still : root, Window.activeFocusItem, event.key)?.forceActiveFocus();
    }

    Component.onCompleted: load()

    Connections {
        target: root.shell

        function onScreenChanged(): void {
            root.load();
        }

        function onWordsChanged(): void {
            root.reword();
        }
    }

    Item {
        id: body

        anchors.fill: parent
        enabled: !still.active

        KkTop {
            id: head

            width: parent.width
            frame: root.frame
            clock: root.shell.clock
            onAnswered: (action, value) => root.answer(action, value)
        }

        Loader {
            id: stage

            objectName: "stage"
            anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: footer.top }
            anchors { leftMargin: Theme.margin; rightMargin: Theme.margin; topMargin: Theme.mm(5); bottomMargin: Theme.mm(4) }
        }

        KkFooter {
            id: footer

            anchors.bottom: parent.bottom
            width: parent.width
            back: root.frame.back
            end: root.frame.end
            onAnswered: action => root.answer(action, "")
        }
    }

    Connections {
        target: stage.item

        function onAnswered(action: string, value: string): void {
            root.answer(action, value);
        }
    }

    Connections {
        target: stage.item
        ignoreUnknownSignals: true // only a screen that follows each key has it

        function onWritten(text: string): void {
            root.shell.typed(text);
        }
    }

    Loader {
        id: still

        anchors.fill: parent
        active: root.frame.countdown > 0
        visible: active
        sourceComponent: KkCountdown {
            text: root.frame.countdownText
            seconds: root.frame.countdown
            extendable: root.frame.extendable
            onAnswered: action => root.answer(action, "")
        }
    }

    ParallelAnimation {
        id: slide

        function play(direction: int): void {
            across.from = direction * Theme.mm(8);
            restart();
        }

        NumberAnimation { target: stage.item; property: "opacity"; from: 0.2; to: 1; duration: Theme.motion }
        NumberAnimation { id: across; target: stage.item; property: "x"; to: 0; duration: Theme.motion; easing.type: Easing.OutCubic }
    }
}
