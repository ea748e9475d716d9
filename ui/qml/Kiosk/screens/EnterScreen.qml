pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "../components/typing.js" as Typing

Item {
    id: root

    required property string title
    required property string hint
    required property string pad
    required property int least
    required property int most
    required property var groups
    required property string value
    required property string error
    required property bool secret
    required property int lines
    required property var skip
    property string typed: value
    readonly property int count: Typing.count(typed + keys.composing)
    readonly property bool enough: count >= least && Typing.count(typed) <= most
    readonly property real half: Theme.landscape ? (width - Theme.mm(12)) * (keys.words ? 0.42 : 0.46) : width
    readonly property real other: Theme.landscape ? width - half - Theme.mm(12) : width
    readonly property bool swapped: Theme.landscape && keys.words // a keyboard has the whole height, beside the field and the button

    signal answered(string action, string value)

    function enter(): void {
        keys.settle();
        if (enough)
            answered("enter", typed);
    }

    Keys.forwardTo: keys.plugged ? [keys.plugged] : []
    Keys.onPressed: event => {
        const character = Typing.character(pad, event.text);
        if (event.key === Qt.Key_Backspace || event.key === Qt.Key_Delete)
            typed = Typing.chop(typed);
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !event.isAutoRepeat)
            enter();
        else if (character !== "")
            typed = Typing.add(typed, character, most);
        else
            return;
        event.accepted = true;
    }

    KkEntry {
        id: entry

        x: root.swapped ? root.width - width : 0
        width: root.half
        height: implicitHeight
        title: root.title
        hint: root.hint
        typed: root.typed
        composing: keys.composing
        least: root.least
        most: root.most
        groups: root.groups
        secret: root.secret
        lines: root.lines
        error: root.error
        room: root.swapped ? actions.y - Theme.mm(4) : Theme.landscape ? root.height : keys.y - Theme.mm(6)
        // In portrait the field stands between heading and keys, where the eye goes from one to the other.
        air: Theme.landscape || root.lines > 1 ? 0 : Math.max(0, (keys.y - wish - Theme.mm(6)) / 2)
    }

    KkKeys {
        id: keys

        readonly property int first: Theme.landscape ? 0 : entry.need + Theme.mm(6)
        readonly property int room: parent.height - first - (root.swapped ? 0 : actions.height + Theme.mm(6))

        x: root.swapped ? 0 : parent.width - width
        y: first + (Theme.landscape ? 0 : room - height)
        width: root.other
        height: Math.max(least, Math.min(room, wish))
        pad: root.pad
        text: root.typed
        most: root.most
        onTyped: characters => root.typed = Typing.add(root.typed, characters, root.most)
        onRemoved: root.typed = Typing.chop(root.typed)
        onCleared: root.typed = ""
        onEntered: root.enter()
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: root.swapped ? root.half : root.other
        height: implicitHeight
        beside: Theme.landscape
        actions: {
            const enter = { action: "enter", value: "", label: Theme.words.enter, primary: true, enabled: root.enough };
            return root.skip ? [enter, { action: "skip", label: root.skip }] : [enter];
        }
        onAnswered: action => action === "skip" ? root.answered("skip", "") : root.enter()
    }
}
