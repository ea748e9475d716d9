import QtQuick
import Kiosk

// Two blocks side by side where both are wide enough to be read, else below each other.
Item {
    id: root

    readonly property bool fixed: true
    default property alias blocks: sheet.data
    readonly property Item one: sheet.children.length > 0 ? sheet.children[0] : null
    readonly property Item two: sheet.children.length > 1 ? sheet.children[1] : null
    readonly property int gap: Math.max(Theme.gap, Theme.mm(3))
    readonly property bool beside: width >= Theme.mm(Theme.care ? 220 : 150)

    function arrange(): void {
        if (!one || !two)
            return;
        const side = beside ? (width - gap) / 2 : width;
        one.width = side;
        two.width = side;
        const tall = beside ? Math.max(one.implicitHeight, two.implicitHeight) : 0;
        one.height = tall || one.implicitHeight;
        two.height = tall || two.implicitHeight;
        two.x = beside ? side + gap : 0;
        two.y = beside ? 0 : one.height + gap;
        implicitHeight = two.y + two.height;
    }

    onWidthChanged: arrange()
    Component.onCompleted: {
        one.implicitHeightChanged.connect(arrange);
        two.implicitHeightChanged.connect(arrange);
        arrange();
    }

    Item {
        id: sheet

        anchors.fill: parent
    }
}
