import QtQuick
import Kiosk

// What stands above every screen: the header, for whom a helper acts, and how far one is.
Item {
    id: root

    required property var frame
    required property string clock

    signal answered(string action, string value)

    height: header.height + acting.height + steps.height

    KkHeader {
        id: header

        width: parent.width
        frame: root.frame
        clock: root.clock
        onAnswered: (action, value) => root.answered(action, value)
    }

    KkActing {
        id: acting

        anchors.top: header.bottom
        width: parent.width
        text: root.frame.acting
    }

    KkSteps {
        id: steps

        anchors.top: acting.bottom
        width: parent.width
        step: root.frame.step[0]
        of: root.frame.step[1]
        text: root.frame.stepText
    }
}
