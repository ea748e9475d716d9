import QtQuick
import Kiosk
import "typing.js" as Typing

// The field of a search: what is typed, what is still being composed, and where the next character comes.
Rectangle {
    id: root

    required property string typed
    required property string composing
    required property string hint
    required property string label
    readonly property int room: width - glass.width - 3 * Theme.pad - Theme.mm(2)
    property string shown

    // The longest end that fits on the line.
    function fit(): void {
        const all = Typing.count(typed);
        for (let many = all; many >= 0; many -= 1) {
            shown = many === all ? typed : "…" + Typing.last(typed, many);
            if (ruler.advanceWidth(shown + composing) <= room)
                return;
        }
    }

    implicitHeight: Theme.mm(Theme.care ? 24 : 19)
    radius: Theme.radius * 2
    color: Theme.surface
    border.width: Theme.edge * 2
    border.color: Theme.primary

    Accessible.role: Accessible.EditableText
    Accessible.name: label
    Accessible.description: typed + composing || hint

    onTypedChanged: fit()
    onComposingChanged: fit()
    onRoomChanged: fit()

    FontMetrics {
        id: ruler

        font: line.font
        onFontChanged: root.fit()
    }

    KkIcon {
        id: glass

        anchors { left: parent.left; leftMargin: Theme.pad; verticalCenter: parent.verticalCenter }
        name: "magnifying-glass"
        size: Theme.mm(Theme.care ? 13 : 10)
    }

    KkText {
        id: line

        anchors { left: glass.right; leftMargin: Theme.pad; verticalCenter: parent.verticalCenter }
        text: root.shown
        capital: Theme.leadMm
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    KkText {
        id: part

        anchors { left: line.right; verticalCenter: parent.verticalCenter }
        text: root.composing
        capital: Theme.leadMm
        color: Theme.primary
        font.underline: true
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Rectangle {
        anchors { left: part.right; leftMargin: Theme.mm(0.6); verticalCenter: parent.verticalCenter }
        width: Math.max(2, Theme.mm(0.7))
        height: Theme.mm(Theme.leadMm * 1.5)
        color: Theme.accent
    }

    KkText {
        anchors { left: part.right; leftMargin: Theme.mm(3); right: parent.right; rightMargin: Theme.pad; verticalCenter: parent.verticalCenter }
        visible: root.typed === "" && root.composing === ""
        text: root.hint
        color: Theme.soft
        Accessible.ignored: true
    }
}
