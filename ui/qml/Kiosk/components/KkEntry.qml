pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// The question, the field with what is typed, and what is wrong with it. `air` stands above the field.
Item {
    id: root

    required property string title
    required property string hint
    required property string typed
    required property string composing
    required property int least
    required property int most
    required property var groups
    required property bool secret
    required property int lines
    required property string error
    required property real room // for all of it
    property real air: 0
    readonly property real around: heading.implicitHeight + problem.implicitHeight + Theme.mm(8)
    readonly property real wish: around + field.implicitHeight // as high as it would like to be
    readonly property real need: around + (lines > 1 ? Theme.mm(26) : field.implicitHeight)

    implicitHeight: Math.min(wish, Math.max(need, room)) + air

    KkHeading {
        id: heading

        width: parent.width
        lines: Theme.landscape ? 2 : 3
        title: root.title
        // What went wrong says more than the hint, where there is no room for both.
        hint: Theme.landscape && root.error !== "" ? "" : root.hint
    }

    Loader {
        id: field

        anchors { top: heading.bottom; topMargin: Theme.mm(5) + root.air }
        width: parent.width
        height: parent.height - root.around - root.air
        sourceComponent: root.lines > 1 ? area : line
    }

    KkBox {
        id: problem

        anchors { top: field.bottom; topMargin: Theme.mm(3) }
        width: parent.width
        height: implicitHeight
        icon: "warning-circle"
        tone: "error"
        text: root.error
    }

    Component {
        id: line

        KkField {
            typed: root.typed
            composing: root.composing
            least: root.least
            most: root.most
            groups: root.groups
            secret: root.secret
            error: root.error
        }
    }

    Component {
        id: area

        KkArea {
            typed: root.typed
            composing: root.composing
            lines: root.lines
            most: root.most
            error: root.error
        }
    }
}
