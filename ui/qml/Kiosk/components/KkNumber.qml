import QtQuick
import Kiosk

// A number that is the message: as large as the width allows, never smaller than a heading.
Item {
    id: root

    property string number
    property string caption
    property real capital: Theme.numberMm
    readonly property bool wide: true
    readonly property real width0: metrics.advanceWidth
    readonly property real fit: width0 > 0 ? Math.min(1, (width - 2 * Theme.pad) / width0) : 1
    readonly property real shown: Math.max(Theme.headingMm, capital * fit)

    implicitHeight: number === "" ? 0 : digits.implicitHeight + (caption === "" ? 0 : head.implicitHeight)

    TextMetrics {
        id: metrics

        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.px(root.capital)
        text: root.number
    }

    KkText {
        id: head

        width: parent.width
        visible: root.caption !== ""
        text: root.caption
        color: Theme.soft
        horizontalAlignment: Text.AlignHCenter
    }

    KkText {
        id: digits

        y: root.caption === "" ? 0 : head.implicitHeight
        width: parent.width
        text: root.number
        capital: root.shown
        heading: true
        color: Theme.primary
        horizontalAlignment: Text.AlignHCenter
    }
}
