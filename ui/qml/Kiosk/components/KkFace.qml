import QtQuick
import Kiosk

// A level of satisfaction as a face, 5 the best, drawn in lines of one colour.
Image {
    required property int level
    property int side: Theme.mm(20)

    width: side
    height: side
    source: Theme.drawings + "face-" + level + ".svg"
    sourceSize: Qt.size(side, side)
    Accessible.ignored: true
}
