pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

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
    property string typed: value
    readonly property bool enough: typed.length >= least && typed.length <= most
    readonly property real half: Theme.landscape ? (width - Theme.mm(12)) * 0.46 : width

    signal answered(string action, string value)

    function type(character: string): void {
        if (typed.length < most)
            typed += character;
    }

    function enter(): void {
        if (enough)
            answered("enter", typed);
    }

    Keys.onPressed: event => {
        const key = event.text.toUpperCase();
        if (event.key === Qt.Key_Backspace || event.key === Qt.Key_Delete)
            typed = typed.slice(0, -1);
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !event.isAutoRepeat)
            enter();
        else if (/^[0-9]$/.test(key) || (pad === "caseNumber" && /^[A-Z]$/.test(key)))
            type(key);
        else
            return;
        event.accepted = true;
    }

    Item {
        id: top

        // In portrait the field stands between heading and keys, where the eye goes from one to the other.
        readonly property int least: heading.implicitHeight + field.implicitHeight + problem.implicitHeight + Theme.mm(8)
        readonly property int air: Theme.landscape ? 0 : Math.max(0, (keypad.y - least - Theme.mm(6)) / 2)

        width: root.half
        height: least + air

        KkHeading {
            id: heading

            width: parent.width
            title: root.title
            // What went wrong says more than the hint, where there is no room for both.
            hint: Theme.landscape && root.error !== "" ? "" : root.hint
        }

        KkField {
            id: field

            anchors { top: heading.bottom; topMargin: Theme.mm(5) + top.air }
            width: parent.width
            height: implicitHeight
            typed: root.typed
            least: root.least
            most: root.most
            groups: root.groups
            secret: root.secret
            error: root.error
        }

        KkBox {
            id: problem

            anchors { top: field.bottom; topMargin: Theme.mm(3) }
            width: parent.width
            height: implicitHeight
            icon: "warning-circle"
            tone: "error"
            text: root.error
        }
    }

    KkKeypad {
        id: keypad

        readonly property int first: Theme.landscape ? 0 : top.least + Theme.mm(6)
        readonly property int room: parent.height - first - actions.height - Theme.mm(6)

        x: parent.width - width
        y: first + (Theme.landscape ? 0 : room - height)
        width: Theme.landscape ? parent.width - root.half - Theme.mm(12) : parent.width
        height: Math.min(room, rows * most + (rows - 1) * gap)
        pad: root.pad
        full: root.typed.length >= root.most
        blank: root.typed === ""
        onTyped: character => root.type(character)
        onRemoved: root.typed = root.typed.slice(0, -1)
        onCleared: root.typed = ""
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        x: keypad.x
        width: keypad.width
        height: implicitHeight
        actions: [{ action: "enter", value: "", label: Theme.words.enter, primary: true, enabled: root.enough }]
        onAnswered: root.enter()
    }
}
