pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "../components/passages.js" as Passages

Item {
    id: root

    required property string title
    required property string hint
    required property var groups

    signal answered(string action, string value)

    KkHeaded {
        anchors.fill: parent
        title: root.title
        hint: root.hint
        columns: Theme.landscape ? (Theme.care ? 4 : 6) : Theme.care ? 3 : 4
        scenery: true

        Repeater {
            model: Passages.each(root.groups, group => [{ heading: group.heading, option: null }].concat(group.options.map(option => ({ heading: "", option: option }))))

            Loader {
                id: cell

                required property var modelData
                readonly property bool wide: !modelData.option
                readonly property bool keeps: wide

                sourceComponent: wide ? section : slot

                Component {
                    id: section

                    KkSection {
                        text: cell.modelData.heading
                        shown: text !== ""
                    }
                }

                Component {
                    id: slot

                    KkSlot {
                        objectName: "answer:choose:" + option.value
                        option: cell.modelData.option
                        onTriggered: root.answered("choose", option.value)
                    }
                }
            }
        }
    }
}
