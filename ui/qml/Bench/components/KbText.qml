import QtQuick
import Bench

Text {
    property bool heading: false

    color: KbTheme.ink
    font.family: KbTheme.family
    font.pixelSize: heading ? KbTheme.heading : KbTheme.text
    font.weight: heading ? Font.Bold : Font.Normal
    textFormat: Text.PlainText

    Accessible.role: heading ? Accessible.Heading : Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === "" || !visible
}
