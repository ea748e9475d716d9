pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "typing.js" as Typing

// What has been typed: large, in groups, dots for a secret, an empty place for each character that must still come.
Rectangle {
    id: root

    required property string typed
    property string composing // not yet part of it
    required property int least
    required property int most
    required property var groups
    required property bool secret
    required property string error
    readonly property bool boxed: least === most && most <= 8
    readonly property string shown: {
        const plain = secret ? "●".repeat(typed.length) : typed;
        const parts = [];
        let at = 0;
        for (const length of groups) {
            parts.push(plain.slice(at, at + length));
            at += length;
        }
        parts.push(plain.slice(at));
        return parts.filter(part => part !== "").join(" ");
    }

    implicitHeight: Math.max(Theme.mm(Theme.care ? 28 : 24), words.implicitHeight + Theme.mm(6))
    radius: Theme.radius
    color: boxed ? Theme.ground : Theme.surface
    border.width: boxed ? 0 : error === "" ? Theme.edge * 2 : Theme.edge * 3
    border.color: error === "" ? Theme.primary : Theme.danger

    Accessible.role: Accessible.EditableText
    Accessible.name: secret ? Theme.words.entered.arg(typed.length) : typed + composing
    Accessible.passwordEdit: secret

    Row {
        anchors.centerIn: parent
        visible: root.boxed
        spacing: Theme.mm(4)

        Repeater {
            model: root.boxed ? root.most : 0

            Rectangle {
                id: box

                required property int index

                width: Math.min(Theme.mm(24), (root.width - (root.most - 1) * Theme.mm(4)) / root.most)
                height: Theme.mm(Theme.care ? 28 : 26)
                radius: Theme.radius / 2
                color: Theme.surface
                border.width: Theme.edge * 2
                border.color: root.error !== "" ? Theme.danger : box.index === root.typed.length ? Theme.focus : Theme.line

                KkText {
                    anchors.centerIn: parent
                    text: root.secret && box.index < root.typed.length ? "●" : root.typed.charAt(box.index)
                    capital: Theme.headingMm
                    Accessible.ignored: true
                }
            }
        }
    }

    TextMetrics {
        id: metrics

        font.family: Theme.family
        font.pixelSize: Theme.px(Theme.headingMm)
        text: root.shown + root.composing
    }

    KkText {
        id: words

        anchors { left: parent.left; right: parent.right; margins: Theme.pad; verticalCenter: parent.verticalCenter }
        visible: !root.boxed
        text: root.composing === "" ? root.shown : Typing.marked(root.shown, root.composing)
        textFormat: root.composing === "" ? Text.PlainText : Text.StyledText
        capital: Math.max(Theme.textMm, Theme.headingMm * Math.min(1, (root.width - 2 * Theme.pad) / (metrics.advanceWidth + 1)))
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WrapAnywhere
        Accessible.ignored: true
    }
}
