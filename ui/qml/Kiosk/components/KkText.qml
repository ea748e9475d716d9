import QtQuick
import Kiosk

// A text whose capitals are `capital` millimetres high, as high as it needs to be for its width.
Text {
    property real capital: Theme.textMm
    property bool heading: false

    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.px(capital)
    font.weight: heading ? Font.Bold : Font.Normal
    // Above this size glyphs are drawn as outlines, to which the font engine adds no weight.
    style: heading && font.pixelSize >= 64 ? Text.Outline : Text.Normal
    styleColor: color
    font.features: { "tnum": 1 }
    textFormat: Text.PlainText
    wrapMode: Text.Wrap

    Accessible.role: heading ? Accessible.Heading : Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === "" || !visible
}
