pragma Singleton

import QtQuick

// Measures, colours and words of every screen. Lengths are millimetres on the glass; the height of a text is that of its capitals.
QtObject {
    id: root

    property real pxPerMm: 4
    property real capRatio: 0.73
    property bool care: false
    property bool landscape: false
    property bool still: false // reduced motion
    property bool keyed: false // the keypad was used last, so the focus is shown
    property string family
    property string iconFamily
    property string drawings
    property var words: ({})
    property var machine: ({ width: 1, height: 1, screen: [0, 0, 1, 1], spots: {} })

    readonly property real textMm: care ? 7.2 : 4.8
    readonly property real leadMm: care ? 8.4 : 6
    readonly property real headingMm: care ? 12 : 9
    readonly property real numberMm: care ? 22 : 20
    readonly property int mainButton: mm(care ? 26 : 20)
    readonly property int target: mm(care ? 20 : 15)
    readonly property int gap: mm(care ? 5 : 3)
    readonly property int pad: mm(care ? 5 : 4.5) // inside cards
    readonly property int margin: mm(care ? 7 : 9) // at the edges of the glass
    readonly property int radius: mm(3)
    readonly property int edge: Math.max(2, mm(0.4))
    readonly property int ring: Math.max(3, mm(1))
    readonly property int motion: still ? 0 : 200

    readonly property color ground: "#F5F2EB"
    readonly property color surface: "#FFFFFF"
    readonly property color ink: "#17222E"
    readonly property color soft: "#3C4853"
    readonly property color line: "#7F888F"
    readonly property color primary: "#0C4A60"
    readonly property color primaryDown: "#06303F"
    readonly property color primarySoft: "#DCEBF0"
    readonly property color bright: "#FFFFFF"
    readonly property color focus: "#B34700"
    readonly property color accent: "#B34700"
    readonly property color accentInk: "#6E2C00"
    readonly property color accentSoft: "#FFEFD9"
    readonly property color danger: "#B3261E"
    readonly property color dangerInk: "#86130D"
    readonly property color dangerSoft: "#FCE8E6"
    readonly property color done: "#1E7A46"
    readonly property color doneInk: "#0E5230"
    readonly property color doneSoft: "#E2F2E8"
    readonly property color shut: "#E9E6DF" // what cannot be had now

    readonly property var tones: ({
        plain: { icon: "info", edge: primary, ink: primary, soft: primarySoft, word: "" },
        done: { icon: "check-circle", edge: done, ink: doneInk, soft: doneSoft, word: words.toneDone },
        wait: { icon: "hourglass-medium", edge: accent, ink: accentInk, soft: accentSoft, word: words.toneWait },
        warn: { icon: "warning", edge: accent, ink: accentInk, soft: accentSoft, word: words.toneWarn },
        error: { icon: "x-circle", edge: danger, ink: dangerInk, soft: dangerSoft, word: words.toneError }
    })

    function mm(length: real): int {
        return Math.ceil(length * pxPerMm);
    }

    function px(capital: real): int {
        return Math.ceil(capital * pxPerMm / capRatio);
    }

    function setUp(setup: var): void {
        pxPerMm = setup.pxPerMm;
        capRatio = setup.capRatio;
        landscape = setup.width > setup.height;
        still = setup.reducedMotion;
        family = setup.family;
        iconFamily = setup.iconFamily;
        drawings = setup.drawings;
        machine = setup.machine;
    }
}
