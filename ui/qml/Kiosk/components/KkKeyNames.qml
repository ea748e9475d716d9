import QtQuick
import Kiosk

// What stands on the keys that do something.
QtObject {
    readonly property var says: ({
        backspace: Theme.words.delete,
        clear: Theme.words.clear,
        restore: Theme.words.keyRestore,
        undo: Theme.words.keyUndo,
        rewrite: Theme.words.keyRewrite,
        space: Theme.words.keySpace,
        take: Theme.words.keyTake,
        asTyped: Theme.words.keyAsTyped,
        shift: Theme.words.keyShift,
        caps: Theme.words.keyCaps,
        separator: Theme.words.keySeparator,
        provinces: Theme.words.keyProvinces,
        plateLetters: Theme.words.keyPlateLetters,
        chinese: Theme.words.keyChinese,
        letters: Theme.words.keyLetters,
        digits: Theme.words.keyDigits,
        symbols: Theme.words.keySymbols,
        handwriting: Theme.words.keyHandwriting
    })
}
