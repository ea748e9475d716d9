import QtQuick
import Kiosk
import "../components/typing.js" as Typing

Item {
    id: root

    required property string title
    required property string hint
    required property string typed
    required property var chips
    required property var results
    required property string found
    property string text
    property var sent: [] // what was told and has not come back yet
    readonly property int most: 40
    readonly property int gap: Math.max(Theme.gap, Theme.mm(4))
    readonly property real half: Theme.landscape ? Math.max(keys.across, (width - Theme.mm(10)) * 0.52) : width

    signal answered(string action, string value)
    signal written(string text)

    // What is searched for now, the letters included that are not yet characters.
    function tell(): void {
        const now = text + keys.composing.replace(/[ '’]/g, "");
        if (now === (sent.length ? sent[sent.length - 1] : typed))
            return;
        sent = sent.concat([now]);
        written(now);
    }

    Component.onCompleted: text = typed
    onTextChanged: tell()
    onTypedChanged: {
        if (!sent.includes(typed))
            text = typed;
        if (sent.length && typed === sent[sent.length - 1])
            sent = [];
    }

    Keys.forwardTo: keys.plugged ? [keys.plugged] : []

    KkHeading {
        id: heading

        // The keys come first where there is no room for all.
        readonly property bool fits: !Theme.landscape || implicitHeight + field.implicitHeight + keys.least + root.gap + Theme.mm(3) <= root.height

        width: root.half
        height: fits ? implicitHeight : 0
        visible: fits
        lines: 1
        title: root.title
    }

    KkSearchField {
        id: field

        anchors { top: heading.bottom; topMargin: heading.visible ? Theme.mm(3) : 0 }
        width: root.half
        height: implicitHeight
        label: root.title
        hint: root.hint
        typed: root.text
        composing: keys.composing
    }

    KkChips {
        id: chips

        anchors { right: parent.right; top: Theme.landscape ? parent.top : field.bottom; topMargin: Theme.landscape || implicitHeight === 0 ? 0 : root.gap }
        width: Theme.landscape ? parent.width - root.half - Theme.mm(10) : parent.width
        height: implicitHeight
        action: "narrow"
        options: root.chips
        onAnswered: (action, value) => root.answered(action, value)
    }

    KkResults {
        anchors { right: parent.right; top: chips.bottom; topMargin: chips.height > 0 || !Theme.landscape ? root.gap : 0 }
        anchors { bottom: Theme.landscape ? parent.bottom : keys.top; bottomMargin: Theme.landscape ? 0 : root.gap }
        width: chips.width
        results: root.results
        found: root.found
        onAnswered: (action, value) => root.answered(action, value)
    }

    KkKeys {
        id: keys

        readonly property int room: Theme.landscape ? parent.height - field.y - field.height - root.gap : parent.height * 0.36

        anchors.bottom: parent.bottom
        width: root.half
        height: Math.max(least, Math.min(room, wish))
        pad: "text"
        text: root.text
        most: root.most
        onTyped: characters => root.text = Typing.add(root.text, characters, root.most)
        onRemoved: root.text = Typing.chop(root.text)
        onCleared: root.text = ""
        onComposingChanged: root.tell()
    }
}
