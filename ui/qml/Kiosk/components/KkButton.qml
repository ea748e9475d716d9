import QtQuick
import Kiosk

// A button with words and, where it helps, an icon. `kind` is primary, plain or quiet (inside header and footer).
KkTarget {
    id: root

    property string icon
    property string kind: "plain"
    property real capital: main ? Theme.leadMm : Theme.textMm
    property bool main: false
    property bool after: false // icon behind the title
    property string more // a second line, as the reason why it cannot be had
    readonly property bool primary: kind === "primary"
    readonly property color ink: !available ? Theme.soft : primary ? Theme.bright : Theme.primary
    readonly property int least: main ? Theme.mainButton : Theme.target
    readonly property int side: main ? Theme.pad : Theme.mm(3)
    readonly property int iconSpace: icon === "" ? 0 : glyph.size + Theme.mm(2)

    implicitWidth: Math.max(least, Math.max(title.implicitWidth, line.implicitWidth) + iconSpace + 2 * side)
    implicitHeight: Math.max(least, title.implicitHeight + (more === "" ? 0 : line.implicitHeight) + 2 * Theme.mm(1.5))

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: {
            if (!root.available)
                return Theme.shut;
            if (root.primary)
                return root.pressed ? Theme.primaryDown : Theme.primary;
            return root.pressed ? Theme.primarySoft : Theme.surface;
        }
        border.width: root.primary && root.available ? 0 : Theme.edge
        border.color: root.available && root.kind === "plain" ? Theme.primary : Theme.line

        Item {
            anchors.centerIn: parent
            width: Math.min(Math.max(title.implicitWidth, root.more === "" ? 0 : line.implicitWidth) + root.iconSpace, parent.width - 2 * root.side)
            height: parent.height

            KkIcon {
                id: glyph

                x: root.after ? parent.width - size : 0
                anchors.verticalCenter: parent.verticalCenter
                visible: root.icon !== ""
                name: root.icon
                size: Theme.mm(root.capital * 1.5)
                color: root.ink
            }

            KkText {
                id: title

                x: root.after ? 0 : root.iconSpace
                y: (parent.height - implicitHeight - (root.more === "" ? 0 : line.implicitHeight)) / 2
                width: parent.width - root.iconSpace
                text: root.label
                capital: root.capital
                color: root.ink
                horizontalAlignment: root.icon === "" ? Text.AlignHCenter : Text.AlignLeft
                font.weight: root.primary ? Font.Bold : Font.Normal
                Accessible.ignored: true
            }

            KkText {
                id: line

                x: title.x
                y: title.y + title.implicitHeight
                width: title.width
                visible: root.more !== ""
                text: root.more
                color: root.available ? root.ink : Theme.accentInk
                horizontalAlignment: title.horizontalAlignment
                Accessible.ignored: true
            }
        }
    }
}
