pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// What was found, as cards. The cards stay while what they show changes with each key; under a finger the list stands still.
Item {
    id: root

    required property var results
    required property string found
    property var shown: []
    property int first: 0
    property int fitting: 0
    property var before: [] // where the earlier pages began
    property int fingers: 0
    property bool ready: false
    readonly property int most: 6
    readonly property int gap: Math.max(Theme.gap, Theme.mm(3))
    readonly property bool restless: later.running || lifted.running
    readonly property bool several: first > 0 || fitting < shown.length
    readonly property var nothing: ({ value: "", title: "", about: "", icon: "", note: "", tone: "plain", enabled: true, why: "" })

    signal answered(string action, string value)

    function refresh(): void {
        if (fingers > 0 || !ready)
            return;
        const same = shown.length === results.length && shown.every((option, index) => option.value === results[index].value);
        shown = results;
        if (!same) {
            before = [];
            first = 0;
        }
        arrange();
    }

    // Puts as many cards below each other as there is room for, one at least.
    function arrange(): void {
        if (!ready)
            return;
        const cards = Array.from(list.children).filter(child => child.kkTarget === true);
        const here = Math.min(most, shown.length - first);
        const heights = cards.slice(0, here).map(card => card.implicitHeight);
        const whole = heights.reduce((sum, height) => sum + height + gap, -gap);
        const room = list.height - (first === 0 && here === shown.length && whole <= list.height ? 0 : bar.implicitHeight + gap);
        let fits = 0, y = -gap;
        while (fits < here && (fits === 0 || y + gap + heights[fits] <= room))
            y += gap + heights[fits++];
        const spare = fits > 2 ? Math.max(0, room - y) / fits : 0;
        y = 0;
        cards.forEach((card, index) => {
            card.visible = index < fits;
            card.y = y;
            card.height = (heights[index] ?? 0) + Math.min(spare, (heights[index] ?? 0) * 0.3);
            y += index < fits ? card.height + gap : 0;
        });
        fitting = fits;
    }

    function turn(by: int): void {
        if (by > 0) {
            before = before.concat([first]);
            first += fitting;
        } else {
            first = before[before.length - 1];
            before = before.slice(0, -1);
        }
        arrange();
    }

    onResultsChanged: refresh()
    onWidthChanged: later.restart()
    onHeightChanged: later.restart()

    Timer {
        id: lifted // behind the touch that lifting the finger may have been, and behind the first frame with the keys

        interval: 0
        running: true
        onTriggered: {
            root.ready = true;
            root.refresh();
        }
    }

    Timer {
        id: later

        interval: 0
        onTriggered: root.arrange()
    }

    KkText {
        id: count

        width: parent.width
        text: root.found
        color: Theme.soft
    }

    Item {
        id: list

        anchors { fill: parent; topMargin: count.implicitHeight + Theme.mm(1.5) }
        onHeightChanged: later.restart()

        Repeater {
            model: root.ready ? root.most : 0

            KkCard {
                required property int index

                objectName: "answer:choose:" + option.value
                width: list.width
                brief: Theme.care
                option: root.shown[root.first + index] ?? root.nothing
                onImplicitHeightChanged: later.restart()
                onPressedChanged: {
                    root.fingers += pressed ? 1 : -1;
                    lifted.restart();
                }
                onTriggered: root.answered("choose", option.value)
            }
        }
    }

    KkPager {
        id: bar

        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
        visible: root.several
        page: root.before.length
        pages: root.before.length + (root.first + root.fitting < root.shown.length ? 2 : 1)
        caption: root.first + 1 + "–" + (root.first + root.fitting) + " / " + root.shown.length
        onTurned: by => root.turn(by)
    }
}
