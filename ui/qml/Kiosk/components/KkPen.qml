import QtQuick
import Kiosk
import "strokes.js" as Strokes

// A field to write in with a finger or a mouse. What is written is gone with it.
Rectangle {
    id: root

    property var strokes: []
    property int count: 0 // of strokes
    readonly property real scaleX: width / Strokes.WIDTH
    readonly property real scaleY: height / Strokes.HEIGHT

    function path(): string {
        return Strokes.path(strokes);
    }

    function clear(): void {
        strokes = [];
        count = 0;
        sheet.requestPaint();
    }

    function begin(x: real, y: real): void {
        if (strokes.length >= Strokes.STROKES)
            return;
        strokes.push([]);
        go(x, y);
        count = strokes.length;
    }

    function go(x: real, y: real): void {
        if (Strokes.add(strokes[strokes.length - 1], x / scaleX, y / scaleY))
            sheet.requestPaint();
    }

    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.edge * 2
    border.color: Theme.primary

    Accessible.role: Accessible.Canvas
    Accessible.name: Theme.words.signHere

    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.mm(8); bottomMargin: parent.height * 0.18 }
        height: Theme.edge
        color: Theme.line
    }

    KkText {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.pad
        visible: root.count === 0
        text: Theme.words.signHere
        capital: Theme.leadMm
        color: Theme.soft
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
    }

    Canvas {
        id: sheet

        anchors.fill: parent
        onPaint: {
            const pen = getContext("2d");
            pen.clearRect(0, 0, width, height);
            pen.lineWidth = Math.max(3, Theme.mm(0.9));
            pen.lineCap = "round";
            pen.lineJoin = "round";
            pen.strokeStyle = Theme.ink;
            for (const stroke of root.strokes) {
                pen.beginPath();
                pen.moveTo(stroke[0] * root.scaleX, stroke[1] * root.scaleY);
                for (let i = 2; i < stroke.length; i += 2)
                    pen.lineTo(stroke[i] * root.scaleX, stroke[i + 1] * root.scaleY);
                if (stroke.length === 2)
                    pen.lineTo(stroke[0] * root.scaleX + 0.1, stroke[1] * root.scaleY);
                pen.stroke();
            }
        }
    }

    MouseArea {
        anchors.fill: parent
        preventStealing: true
        onPressed: mouse => root.begin(mouse.x, mouse.y)
        onPositionChanged: mouse => root.go(mouse.x, mouse.y)
    }
}
