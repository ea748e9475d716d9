import QtQuick
import Kiosk

// Asks whether somebody is still there and takes every touch meanwhile.
Rectangle {
    id: root

    required property string text
    required property int seconds
    required property bool extendable // or only staff could give more time

    signal answered(string action)

    color: "#CC0B1B25"
    Component.onCompleted: (extendable ? stay : end).forceActiveFocus()

    Accessible.role: Accessible.AlertMessage
    Accessible.name: Theme.words.stillThere + " " + text

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
    }

    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.margin, Theme.mm(250))
        height: column.height + 2 * Theme.mm(10)
        radius: Theme.radius * 2
        color: Theme.surface

        Column {
            id: column

            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.mm(10) }
            spacing: Theme.mm(5)

            KkText {
                width: parent.width
                text: Theme.words.stillThere
                capital: Theme.headingMm
                heading: true
                horizontalAlignment: Text.AlignHCenter
            }

            KkText {
                width: parent.width
                text: root.seconds
                capital: Theme.numberMm
                color: Theme.accentInk
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }

            KkText {
                width: parent.width
                text: root.text
                capital: Theme.leadMm
                color: Theme.soft
                horizontalAlignment: Text.AlignHCenter
            }

            KkButton {
                id: stay

                objectName: "answer:frame-stay"
                width: parent.width
                height: Math.max(implicitHeight, Theme.mainButton * 1.4)
                main: true
                kind: "primary"
                visible: root.extendable
                icon: "hand-waving"
                label: Theme.words.stay
                onTriggered: root.answered("frame-stay")
            }

            KkButton {
                id: end

                objectName: "answer:frame-end"
                width: parent.width
                main: true
                icon: "sign-out"
                label: Theme.words.end
                onTriggered: root.answered("frame-end")
            }
        }
    }
}
