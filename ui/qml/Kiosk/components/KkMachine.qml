pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// The front of this machine with an arrow: to the place where something is put, or from the place where paper comes out.
Item {
    id: root

    required property string spot
    property bool busy: false // what was put there is lying there
    readonly property bool known: Theme.machine.spots[spot] !== undefined
    readonly property var at: known ? Theme.machine.spots[spot] : [0.5, 0.5]
    readonly property bool out: spot === "receipt_printer" || spot === "a4_printer"
    readonly property bool fromRight: at[0] >= 0.5
    // As wide as there is room beside it; what does not fit is cut off, with the place in the lower half of the picture.
    readonly property real frontWidth: Math.min(width - 2 * (Theme.mm(reach) + Theme.mm(6)), height * 0.72)
    readonly property real frontHeight: frontWidth * Theme.machine.height / Theme.machine.width
    readonly property real upper: Math.min(Theme.edge, Math.max(height - frontHeight - Theme.edge, height * 0.6 - at[1] * frontHeight))
    property real reach: 26 // mm for the thing that is put there or taken
    readonly property point mark: Qt.point(front.x + at[0] * front.width, front.y + at[1] * front.height)

    Accessible.role: Accessible.Graphic
    Accessible.name: Theme.words.machine

    Item {
        anchors.fill: parent
        clip: true

        Rectangle {
            id: front

            x: (root.width - width) / 2
            y: root.upper
            width: root.frontWidth
            height: root.frontHeight
            radius: width * 0.05
            color: Theme.surface
            border.width: Theme.edge * 1.5
            border.color: Theme.soft

            Rectangle {
                x: Theme.machine.screen[0] * parent.width
                y: Theme.machine.screen[1] * parent.height
                width: Theme.machine.screen[2] * parent.width
                height: Theme.machine.screen[3] * parent.height
                radius: Theme.mm(1)
                color: Theme.primarySoft
                border.width: Theme.edge
                border.color: Theme.primary

                Repeater {
                    model: 6

                    Rectangle {
                        id: tile

                        required property int index

                        x: parent.width * (index % 2 ? 0.53 : 0.09)
                        y: parent.height * (0.3 + 0.22 * Math.floor(index / 2))
                        width: parent.width * 0.38
                        height: parent.height * 0.17
                        radius: Theme.mm(1)
                        color: tile.index < 2 ? Theme.primary : Theme.surface
                    }
                }
            }

            Rectangle {
                x: parent.width * 0.12
                y: parent.height * 0.05
                width: parent.width * 0.76
                height: parent.height * 0.035
                radius: height / 2
                color: Theme.primary
            }

            Repeater {
                model: Object.keys(Theme.machine.spots)

                KkSpot {
                    required property string modelData

                    kind: modelData
                    active: modelData === root.spot
                    unit: front.width
                    x: Theme.machine.spots[modelData][0] * front.width - width / 2
                    y: Theme.machine.spots[modelData][1] * front.height - height / 2
                }
            }
        }
    }

    KkIcon {
        id: thing

        x: root.busy ? root.mark.x - width / 2 : root.fromRight ? front.x + front.width + Theme.mm(3) : front.x - width - Theme.mm(3)
        y: Math.max(0, Math.min(root.height - height, root.mark.y - height / 2))
        visible: root.known
        name: root.spot === "document_camera" ? "material" : root.spot // what is put there or comes out
        size: root.busy ? front.width * 0.13 : Theme.mm(root.reach)
        color: Theme.accent
    }

    Item {
        id: arrow

        readonly property real near: front.width * 0.12
        readonly property real begin: root.fromRight ? root.mark.x + near : thing.x + thing.width
        readonly property real end: root.fromRight ? thing.x : root.mark.x - near
        readonly property bool pointsLeft: root.fromRight !== root.out
        property real nudge: 0

        x: begin + (pointsLeft ? -1 : 1) * nudge
        y: thing.y + thing.height / 2
        width: Math.max(Theme.mm(8), end - begin)
        visible: root.known && !root.busy

        Rectangle {
            x: arrow.pointsLeft ? Theme.mm(3) : 0
            y: -height / 2
            width: parent.width - Theme.mm(3)
            height: Theme.mm(1.6)
            color: Theme.accent
        }

        KkIcon {
            x: arrow.pointsLeft ? -Theme.mm(2) : parent.width - width + Theme.mm(2)
            y: -height / 2
            name: arrow.pointsLeft ? "caret-left-fill" : "caret-right-fill"
            size: Theme.mm(11)
            color: Theme.accent
        }

        SequentialAnimation on nudge {
            running: arrow.visible && root.visible && !Theme.still
            loops: Animation.Infinite

            NumberAnimation { from: 0; to: Theme.mm(2.5); duration: 250 }
            NumberAnimation { to: 0; duration: 250 }
            PauseAnimation { duration: 700 }
        }
    }
}
