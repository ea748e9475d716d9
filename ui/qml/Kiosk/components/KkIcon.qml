import QtQuick
import Kiosk
import Kiosk.Bridge

// An icon by name, `size` pixels square; a word always stands beside it, so screen readers skip it.
Text {
    property string name
    property int size: Theme.mm(8)

    width: size
    height: size
    text: name === "" ? "" : Icons.glyph(name)
    color: Theme.primary
    font.family: Theme.iconFamily
    font.pixelSize: size
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter

    Accessible.ignored: true
}
