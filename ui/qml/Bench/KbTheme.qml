pragma Singleton

import QtQuick

// Measures and colours of the bench panel, in pixels: it stands on a developer's desk, not on a terminal.
QtObject {
    property string family

    readonly property int gap: 8
    readonly property int pad: 14
    readonly property int radius: 6
    readonly property int text: 14
    readonly property int small: 12
    readonly property int heading: 16
    readonly property int target: 34

    readonly property color ground: "#E4E9EC"
    readonly property color surface: "#FFFFFF"
    readonly property color ink: "#17222E"
    readonly property color soft: "#52606B"
    readonly property color line: "#B4BEC5"
    readonly property color button: "#F3F6F7"
    readonly property color over: "#E3EDF1"
    readonly property color primary: "#0C4A60"
    readonly property color bright: "#FFFFFF"
    readonly property color focus: "#B34700"
    readonly property color trouble: "#9C1F18"
    readonly property color well: "#1E7A46"
    readonly property color desk: "#D6D6D4" // the ground of the papers' pictures
}
