import QtQuick
import Kiosk
import Kiosk.Bridge
import "boards.js" as Boards

// What the keys of a keyboard do, and what of it is not in the field yet. `writing` is the field for handwriting.
Item {
    id: root

    required property KkWriting writing
    property string pad
    property string text
    property int room: 1000 // characters that the field still takes
    property string turned: "" // the mode that was asked for; else it is the usual one
    property string upper: "" // or once, always
    property string erased: "" // what was cleared, until something else is typed
    readonly property string composing: composer.letters
    readonly property bool full: composer.full
    readonly property bool busy: composing !== "" || writing.count > 0
    readonly property list<string> candidates: composing === "" ? writing.texts : composer.candidates
    readonly property var modes: [...(composer.available ? ["chinese"] : []), "letters", "digits", "symbols", ...(writing.available ? ["handwriting"] : [])]
    readonly property string mode: Boards.mode(pad, turned, modes, text, Theme.words.keyFirst)

    readonly property var look: ({ mode, upper, busy, erased: erased !== "" })

    signal typed(string characters)
    signal removed
    signal cleared
    signal entered

    // Makes characters of what is composed or written: the likeliest ones.
    function settle(): void {
        if (writing.count > 0)
            pick(0);
        composer.settle();
    }

    function pick(number: int): void {
        const written = writing.texts[number] ?? "";
        writing.wipe();
        if (composing !== "")
            composer.pick(number);
        else if (written !== "")
            typed(written);
    }

    function takeFirst(): void {
        if (candidates.length === 0)
            settle();
        else if ([...candidates[0]].length <= room)
            pick(0);
    }

    function put(character: string): void {
        if (pad === "text" && mode === "chinese" && Boards.spells(character, busy)) {
            composer.type(character);
            return;
        }
        settle();
        typed(character);
        upper = upper === "once" ? "" : upper;
        turned = pad === "plate" ? "" : turned;
    }

    function turn(mode: string): void {
        settle();
        upper = "";
        turned = mode;
    }

    function takeBack(): void {
        if (writing.count > 0)
            writing.undo();
        else if (composing !== "")
            composer.back(text);
        else
            removed();
    }

    function clear(): void {
        composer.clear();
        writing.wipe();
        erased = text;
        cleared();
    }

    function finish(): void {
        settle();
        entered();
    }

    function press(name: string): void {
        const deeds = {
            shift: () => upper = { "": "once", once: "always", always: "" }[upper],
            backspace: () => takeBack(),
            clear: () => clear(),
            restore: () => typed(erased),
            space: () => busy ? takeFirst() : put(" "),
            enter: () => composing === "" ? finish() : composer.keep(),
            undo: () => writing.undo(),
            rewrite: () => writing.wipe()
        };
        if (name.startsWith("mode-"))
            turn(name.slice(5));
        else if (deeds[name])
            deeds[name]();
        else
            put(name);
    }

    // A key of a keyboard with a plug: whether it is one to be typed.
    function hear(event: KeyEvent): bool {
        return typist.hear(event);
    }

    onTextChanged: erased = text === "" ? erased : ""
    onPadChanged: turned = ""
    Component.onCompleted: {
        if (pad === "text")
            composer.open();
    }

    KkTypist {
        id: typist

        onHeard: text => {
            const name = Boards.named(root.pad, text, root.busy);
            if (name.startsWith("candidate-"))
                root.pick(Number(name.slice(10)));
            else if (name !== "")
                root.press(name);
        }
    }

    Composer {
        id: composer

        onPicked: characters => root.typed(characters)
        onUnpicked: many => {
            for (let each = 0; each < many; each += 1)
                root.removed();
        }
    }
}
