import QtQuick

// What a person types on a keyboard with a plug. A scanner that pretends to be one types faster than anybody, and is not heard.
Item {
    id: root

    property list<string> held
    readonly property bool restless: pause.running
    readonly property int few: 3 // keys that a quick hand strikes at once

    signal heard(string text) // a character, or the name of a key: backspace, enter

    // Whether the key is one to be typed; what it types is told a little later.
    function hear(event: KeyEvent): bool {
        const name = { [Qt.Key_Backspace]: "backspace", [Qt.Key_Delete]: "backspace", [Qt.Key_Return]: "enter", [Qt.Key_Enter]: "enter" }[event.key];
        const text = name ?? event.text;
        if (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier) || !/^[^\u0000-\u001f\u007f-\u009f\ue000-\uf8ff]+$/.test(text))
            return false;
        if (!event.isAutoRepeat) {
            held.push(text);
            pause.restart();
        } else if (name === "backspace") {
            heard(name);
        }
        return true;
    }

    Timer {
        id: pause

        interval: 40
        onTriggered: {
            const texts = Array.from(root.held);
            root.held = [];
            if (texts.length <= root.few)
                texts.forEach(text => root.heard(text));
        }
    }
}
