pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A level of satisfaction to choose: face, words, and as many stars.
KkTarget {
    id: root

    required property int level
    required property string text
    property bool upright: Theme.landscape // the face above the words
    readonly property bool fixed: false
    readonly property int edge: Theme.mm(3)

    label: text
    implicitHeight: upright ? face.side + words.implicitHeight + stars.height + 4 * edge : Math.max(Theme.mainButton, words.implicitHeight + 2 * edge, face.side + 2 * edge)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.pressed ? Theme.primarySoft : Theme.surface
        border.width: Theme.edge
        border.color: Theme.primary

        Item {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.pad
            height: root.upright ? face.side + words.implicitHeight + stars.height + 2 * root.edge : Math.max(face.side, words.implicitHeight)

            KkFace {
                id: face

                x: root.upright ? (parent.width - side) / 2 : 0
                y: root.upright ? 0 : (parent.height - side) / 2
                level: root.level
                side: Theme.mm(root.upright ? 34 : Theme.care ? 26 : 24)
            }

            KkText {
                id: words

                x: root.upright ? 0 : face.side + Theme.mm(6)
                y: root.upright ? face.side + root.edge : (parent.height - implicitHeight) / 2
                width: root.upright ? parent.width : parent.width - x - stars.width - Theme.mm(3)
                text: root.text
                capital: Theme.care ? Theme.leadMm : 7
                heading: true
                color: Theme.primary
                horizontalAlignment: root.upright ? Text.AlignHCenter : Text.AlignLeft
                Accessible.ignored: true
            }

            Row {
                id: stars

                x: root.upright ? (parent.width - width) / 2 : parent.width - width
                y: root.upright ? words.y + words.implicitHeight + root.edge : (parent.height - height) / 2

                Repeater {
                    model: 5

                    KkIcon {
                        required property int index

                        name: index < root.level ? "star-fill" : "star"
                        size: Theme.mm(root.upright ? (Theme.care ? 12 : 11) : Theme.care ? 13 : 11)
                    }
                }
            }
        }
    }
}
