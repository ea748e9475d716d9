pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

KkTarget {
    id: root

    required property string hall
    required property var can_do
    required property var notices

    signal answered(string action, string value)

    objectName: "answer:start"
    label: Theme.words.start
    about: Theme.words.startAbout
    onTriggered: answered("start", "")

    Item {
        id: welcome

        width: Theme.landscape ? parent.width * 0.5 : parent.width
        height: Theme.landscape ? parent.height : parent.height - news.height - Theme.mm(6)

        Image {
            id: deer

            anchors { left: parent.left; right: parent.right; top: parent.top; bottom: name.top; bottomMargin: Math.max(Theme.gap, Theme.mm(4)) }
            source: Theme.drawings + "deer.svg"
            sourceSize: Qt.size(Theme.mm(240), Theme.mm(210))
            fillMode: Image.PreserveAspectFit
            Accessible.ignored: true
        }

        KkText {
            id: name

            anchors { left: parent.left; right: parent.right; bottom: start.top; bottomMargin: Theme.mm(7) }
            text: root.hall
            capital: Theme.care ? 12 : 11
            heading: true
            color: Theme.primary
            horizontalAlignment: Text.AlignHCenter
        }

        Rectangle {
            id: start

            anchors { horizontalCenter: parent.horizontalCenter; bottom: about.top; bottomMargin: Math.max(Theme.gap, Theme.mm(4)) }
            width: Math.min(parent.width, Theme.mm(190))
            height: Math.max(Theme.mainButton * 1.5, words.implicitHeight + Theme.mm(8))
            radius: height / 2
            color: root.pressed ? Theme.primaryDown : Theme.primary

            KkIcon {
                id: hand

                anchors { left: parent.left; leftMargin: Theme.mm(12); verticalCenter: parent.verticalCenter }
                name: "hand-pointing"
                size: Theme.mm(16)
                color: Theme.bright
            }

            KkText {
                id: words

                anchors { left: hand.right; right: parent.right; rightMargin: Theme.mm(14); verticalCenter: parent.verticalCenter }
                text: Theme.words.start
                capital: Theme.headingMm
                heading: true
                color: Theme.bright
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }

        KkText {
            id: about

            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            text: Theme.words.startAbout
            capital: Theme.care ? Theme.textMm : 5.4
            color: Theme.soft
            horizontalAlignment: Text.AlignHCenter
        }
    }

    KkNews {
        id: news

        x: Theme.landscape ? parent.width * 0.54 : 0
        y: Theme.landscape ? (parent.height - height) / 2 : parent.height - height
        width: parent.width - x
        height: Math.min(implicitHeight, parent.height * (Theme.landscape ? 1 : 0.5))
        can: root.can_do
        notices: root.notices
    }
}
