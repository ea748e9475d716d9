pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "pages.js" as Pages

// Blocks below each other (or in rows of `columns`), in pages where they do not fit: nothing here ever scrolls.
// A block tells its height by `implicitHeight`, 0 when it is absent; width, height and place are given to it.
Item {
    id: root

    default property alias blocks: sheet.data
    property int columns: 1
    property int most: 0
    property real stretch: 1
    property bool scenery: false // a meadow where much room is left
    property string part: "page" // what its pager is called, where a screen has two
    property real wanted: 0 // height with everything on one page
    property int page: 0
    property int pages: 1
    property bool newspaper: false // columns are filled one after the other instead of row by row
    property real used: 0
    property bool ready: false
    property bool busy: false
    property bool follows: false // its height comes from what it wants
    property bool again: false
    property bool centred: false // a little above the middle where there is room
    readonly property int aside: newspaper ? Math.max(gap, Theme.mm(7)) : gap // between columns
    readonly property bool restless: later.running
    readonly property int shift: centred && pages === 1 ? Math.round((height - used) * 0.34) : 0
    property int gap: Math.max(Theme.gap, Theme.mm(4))

    // Arranging changes widths and so heights, which calls for arranging again: at most three times.
    function settle(): void {
        if (busy || !ready) {
            again = true;
            return;
        }
        busy = true;
        for (let round = 0; round === 0 || (again && round < 3); round += 1) {
            again = false;
            arrange();
        }
        busy = false;
    }

    // A height changes in the middle of other bindings' work, so the answer to it has to wait until that is done.
    function grown(): void {
        if (busy)
            again = true;
        else if (ready)
            later.restart();
    }

    // The blocks with their widths, in rows.
    function rows(blocks: var, columns: int): var {
        const column = (width - aside * (columns - 1)) / columns;
        for (const block of blocks) {
            const span = block.wide === true && !newspaper ? columns : Math.min(columns, block.span ?? 1);
            block.width = Math.floor(span * column + (span - 1) * aside);
        }
        return Pages.rows(blocks, newspaper ? 1 : columns);
    }

    function arrange(): void {
        const blocks = Pages.present(sheet.children);
        const least = height - bar.height - Theme.gap;
        let across = columns;
        let found = rows(blocks, across);
        wanted = Pages.total(found, gap);
        if (across > 1 && wanted > height && found.some(row => row.height > least)) {
            across = 1;
            found = rows(blocks, across);
        }
        const cut = room => newspaper ? Pages.flow(found, room, gap, across) : Pages.split(found, room, gap, most).map(part => [part]);
        const whole = cut(height);
        const parts = whole.length > 1 ? cut(least) : whole;
        pages = Math.max(1, parts.length);
        page = Math.min(page, pages - 1);
        parts.forEach((part, index) => part.forEach((each, place) => {
            const left = place * ((width - aside * (across - 1)) / across + aside);
            const end = Pages.place(each, left, parts.length > 1 ? least : height, gap, stretch);
            used = index === page ? (place ? Math.max(used, end) : end) : used;
            Pages.show(each, index === page);
        }));
    }

    onWidthChanged: settle()
    onHeightChanged: follows ? grown() : settle()
    onPageChanged: settle()
    onGapChanged: grown()
    onColumnsChanged: grown()

    Timer {
        id: later

        interval: 0
        onTriggered: root.settle()
    }

    Component.onCompleted: {
        ready = true;
        settle();
    }

    Image {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Theme.mm(52)
        visible: root.scenery && !Theme.landscape && root.pages === 1 && root.height - root.used - root.shift > height
        source: visible ? Theme.drawings + "meadow.svg" : ""
        sourceSize: Qt.size(Theme.mm(260), Theme.mm(52))
        fillMode: Image.PreserveAspectFit
        Accessible.ignored: true
    }

    Item {
        id: sheet

        anchors { fill: parent; topMargin: root.shift }
        onChildrenChanged: {
            for (const child of children) {
                child.implicitHeightChanged.disconnect(root.grown);
                child.implicitHeightChanged.connect(root.grown);
            }
            root.grown();
        }
    }

    KkPager {
        id: bar

        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
        visible: root.pages > 1
        part: root.part
        page: root.page
        pages: root.pages
        onTurned: by => root.page += by
    }
}
