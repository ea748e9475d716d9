pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Short choices side by side, the chosen one marked; where there are more than fit, the last one shows the next of them.
Item {
    id: root

    required property var options
    required property string action
    property string chosen // besides those whose tone is done; it cannot be chosen again
    property int first: 0
    property int shown: 0
    property bool ready: false
    readonly property int gap: Math.max(Theme.gap, Theme.mm(3))
    readonly property bool cut: ready && (first > 0 || shown < options.length)

    readonly property bool restless: later.running

    signal answered(string action, string value)

    function arrange(): void {
        if (!ready)
            return;
        const chips = Array.from(row.children).filter(child => child.chip === true);
        const sum = chips.reduce((all, chip) => all + chip.implicitWidth + gap, -gap);
        const room = sum > width ? width - more.width - gap : width;
        first = Math.min(first, Math.max(0, chips.length - 1));
        let x = 0, last = first;
        chips.forEach((chip, index) => {
            const wide = Math.min(chip.implicitWidth, room);
            const fits = index >= first && last === index && (index === first || x + wide <= room);
            chip.visible = fits;
            chip.width = wide;
            chip.x = x;
            if (fits) {
                x += wide + gap;
                last = index + 1;
            }
        });
        more.x = x;
        shown = last - first;
    }

    implicitHeight: options.length === 0 ? 0 : Math.max(more.implicitHeight, ...Array.from(row.children).filter(child => child.visible && child.chip === true).map(child => child.implicitHeight))

    onWidthChanged: arrange()
    onOptionsChanged: later.restart()
    Component.onCompleted: {
        ready = true;
        arrange();
    }

    Timer {
        id: later

        interval: 0
        onTriggered: root.arrange()
    }

    Item {
        id: row

        anchors.fill: parent

        Repeater {
            model: root.options

            KkChip {
                required property var modelData
                readonly property bool here: root.chosen !== "" && modelData.value === root.chosen

                objectName: "answer:" + root.action + ":" + modelData.value
                height: root.height
                option: modelData
                chosen: modelData.tone === "done" || here
                available: modelData.enabled && !here
                onImplicitWidthChanged: later.restart()
                onTriggered: root.answered(root.action, modelData.value)
            }
        }

        KkButton {
            id: more

            objectName: "chips:more"
            height: root.height
            visible: root.cut
            kind: "quiet"
            icon: "caret-right"
            after: true
            label: Theme.words.more
            onTriggered: {
                root.first = root.first + root.shown >= root.options.length ? 0 : root.first + root.shown;
                root.arrange();
            }
        }
    }
}
