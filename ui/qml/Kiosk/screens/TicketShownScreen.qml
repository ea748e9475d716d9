pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Item {
    id: root

    required property string title
    required property string number
    required property string service
    required property string where
    required property string ahead
    required property string wait
    required property string paper
    required property string tone
    required property string follow
    required property var spot
    required property var reprint

    signal answered(string action, string value)

    KkPaged {
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: actions.top; bottomMargin: Math.max(Theme.gap, Theme.mm(4)) }
        newspaper: true
        columns: Theme.landscape ? 2 : 1
        stretch: 1.35

        KkTone {
            tone: root.tone
            title: root.title
        }

        KkTicket {
            number: root.number
            service: root.service
        }

        KkBox {
            icon: "map-pin"
            text: root.where
            capital: Theme.care ? 8.4 : 7
            strong: true
        }

        KkPair {
            KkFact {
                icon: "users-three"
                caption: Theme.words.ahead
                value: root.ahead
            }

            KkFact {
                icon: "clock"
                caption: Theme.words.wait
                value: root.wait
            }
        }

        KkPaper {
            spot: root.spot ?? ""
            text: root.paper
        }

        KkFollow {
            url: root.follow
        }
    }

    KkActions {
        id: actions

        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
        actions: {
            const done = { action: "done", label: Theme.words.finish, primary: true };
            return root.reprint ? [done, { action: "reprint", label: root.reprint, icon: "printer" }] : [done];
        }
        onAnswered: (action, value) => root.answered(action, value)
    }
}
