pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "boards.js" as Boards

// A row of keys (`boards.js` says which); ten units of width and their gaps fill a keyboard.
Item {
    id: root

    required property var keys
    required property real unit
    required property int gap
    property bool middle: true
    property bool shut: false // nothing can be added
    property bool blank: false // nothing can be taken away
    property bool unwritten: false // there is no stroke
    property bool unspelt: false // no letters are composed
    readonly property var lefts: Boards.lefts(keys, middle)

    signal pressed(string name)

    Repeater {
        model: root.keys.length

        KkKey {
            id: key

            required property int index
            readonly property var look: root.keys[index] ?? ({ name: "", label: "" })

            objectName: "key:" + look.name
            visible: look.absent !== true
            x: (root.lefts[index] ?? 0) * (root.unit + root.gap)
            width: (look.span ?? 1) * (root.unit + root.gap) - root.gap
            height: root.height
            label: look.label
            about: look.about ?? (chosen ? Theme.words.keyChosen : "")
            icon: look.icon ?? ""
            special: look.special ?? false
            chosen: look.chosen ?? false
            capital: special ? (Theme.care ? Theme.textMm : 5.4) : Theme.care ? (look.small ? 8.4 : 10) : 8.5
            available: !(look.adds && root.shut) && !(look.takes && root.blank) && !(look.strokes && root.unwritten) && !(look.spells && root.unspelt)
            onTriggered: root.pressed(look.name)
        }
    }
}
