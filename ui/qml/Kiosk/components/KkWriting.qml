import QtQuick
import Kiosk
import Kiosk.Bridge

// A field to write one character in. What it may be is read after each stroke; nothing of it is kept.
Item {
    id: root

    property bool active: false // the field is open
    property var strokes: [] // each as x, y, x, y …
    property int count: 0
    readonly property bool available: scribe.available
    readonly property list<string> texts: scribe.candidates
    readonly property int most: 40 // strokes
    readonly property real step: Theme.mm(1) // between points that are kept

    function begin(x: real, y: real): void {
        if (strokes.length < most) {
            strokes.push([x, y]);
            sheet.requestPaint();
        }
    }

    function go(x: real, y: real): void {
        const stroke = strokes[strokes.length - 1];
        if (!stroke || Math.hypot(x - stroke[stroke.length - 2], y - stroke[stroke.length - 1]) < step)
            return;
        stroke.push(x, y);
        sheet.requestPaint();
    }

    function end(): void {
        scribe.read(strokes);
        count = strokes.length;
    }

    function undo(): void {
        strokes.pop();
        sheet.requestPaint();
        end();
    }

    function wipe(): void {
        strokes = [];
        count = 0;
        scribe.clear();
        sheet.requestPaint();
    }

    onActiveChanged: {
        wipe();
        if (active)
            scribe.open();
        else
            scribe.close();
    }

    Scribe {
        id: scribe
    }

    Rectangle {
        anchors.fill: parent
        visible: root.active
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.edge * 2
        border.color: Theme.primary

        Accessible.role: Accessible.Canvas
        Accessible.name: Theme.words.keyWrite

        KkText {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.pad
            visible: root.count === 0
            text: Theme.words.keyWrite
            capital: Theme.leadMm
            color: Theme.soft
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }

        MouseArea {
            anchors.fill: parent
            preventStealing: true
            onPressed: mouse => root.begin(mouse.x, mouse.y)
            onPositionChanged: mouse => root.go(mouse.x, mouse.y)
            onReleased: root.end()
        }
    }

    Canvas {
        id: sheet

        anchors.fill: parent
        visible: root.active
        onPaint: {
            const pen = getContext("2d");
            pen.clearRect(0, 0, width, height);
            pen.lineWidth = Theme.mm(1.6);
            pen.lineCap = "round";
            pen.lineJoin = "round";
            pen.strokeStyle = Theme.ink;
            for (const stroke of root.strokes) {
                pen.beginPath();
                pen.moveTo(stroke[0], stroke[1]);
                for (let at = 0; at < stroke.length; at += 2)
                    pen.lineTo(stroke[at] + (stroke.length === 2 ? 0.1 : 0), stroke[at + 1]);
                pen.stroke();
            }
        }
    }
}
