import QtQuick
import Kiosk

// What the marks on a map mean.
Item {
    id: root

    required property bool here
    required property string marked

    implicitHeight: here || marked !== "" ? row.implicitHeight : 0

    Flow {
        id: row

        width: parent.width
        spacing: Theme.mm(8)

        Row {
            visible: root.here
            spacing: Theme.mm(2)

            KkHere {
                id: person

                anchors.verticalCenter: parent.verticalCenter
            }

            KkText {
                anchors.verticalCenter: parent.verticalCenter
                text: Theme.words.here
                wrapMode: Text.NoWrap
            }
        }

        Row {
            visible: root.marked !== ""
            spacing: Theme.mm(2)

            KkIcon {
                id: pin

                anchors.verticalCenter: parent.verticalCenter
                name: "map-pin-fill"
                size: person.height
                color: Theme.accent
            }

            KkText {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, row.width - pin.size - Theme.mm(2))
                text: root.marked
                color: Theme.accentInk
                heading: true
            }
        }
    }
}
