import QtQuick
import Kiosk
import "typing.js" as Typing

// A field for several lines of text with a counter. Of a text that has outgrown it the end is shown, where one goes on typing.
Rectangle {
    id: root

    required property string typed
    required property string composing
    required property int lines
    required property int most
    required property string error
    readonly property int inset: Theme.mm(4)
    readonly property int counterHeight: counter.implicitHeight + Theme.mm(1)
    property string shown
    readonly property bool restless: later.running

    // The longest end that fits.
    function fit(): void {
        if (width <= 0 || height <= 0)
            return;
        const room = height - counterHeight - 2 * inset;
        const all = Typing.count(typed);
        let least = 0, most = all;
        while (least < most) {
            const half = Math.ceil((least + most) / 2);
            probe.text = part(half, all) + composing;
            if (probe.implicitHeight <= room)
                least = half;
            else
                most = half - 1;
        }
        shown = part(least, all);
    }

    function part(many: int, all: int): string {
        return many === all ? typed : "…" + Typing.last(typed, many);
    }

    implicitHeight: lines * Math.ceil(rule.lineSpacing) + counterHeight + 2 * inset
    radius: Theme.radius
    color: Theme.surface
    border.width: error === "" ? Theme.edge * 2 : Theme.edge * 3
    border.color: error === "" ? Theme.primary : Theme.danger

    Accessible.role: Accessible.EditableText
    Accessible.name: typed + composing
    Accessible.multiLine: true

    onTypedChanged: fit()
    onComposingChanged: fit()
    onWidthChanged: later.restart()
    onHeightChanged: later.restart()
    onCounterHeightChanged: later.restart()

    Timer {
        id: later

        interval: 0
        onTriggered: root.fit()
    }

    FontMetrics {
        id: rule

        font: words.font
    }

    KkText {
        id: probe

        visible: false
        width: words.width
        capital: Theme.leadMm
        wrapMode: Text.Wrap
    }

    KkText {
        id: words

        anchors { left: parent.left; right: parent.right; top: parent.top; margins: root.inset }
        text: root.composing === "" ? root.shown : Typing.marked(root.shown, root.composing)
        textFormat: root.composing === "" ? Text.PlainText : Text.StyledText
        capital: Theme.leadMm
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    KkText {
        id: counter

        anchors { right: parent.right; bottom: parent.bottom; margins: Theme.mm(3) }
        text: Typing.count(root.typed) + " / " + root.most
        color: Theme.soft
        Accessible.name: Theme.words.entered.arg(Typing.count(root.typed))
    }
}
