import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string detail
    required property string number
    property int seconds: 0

    signal answered(string action, string value) // never: nothing can be touched meanwhile

    KkPaged {
        anchors.fill: parent
        centred: true
        scenery: true

        KkDots {}

        KkHeading {
            title: root.title
            hint: root.detail
            alignment: Text.AlignHCenter
        }

        KkNumber {
            number: root.number
            caption: root.number === "" ? "" : Theme.words.keep
        }

        KkText {
            text: root.seconds < 3 ? " " : Theme.words.elapsed.arg(root.seconds)
            color: Theme.soft
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Timer {
        interval: 1000
        running: true
        repeat: true
        onTriggered: root.seconds += 1
    }
}
