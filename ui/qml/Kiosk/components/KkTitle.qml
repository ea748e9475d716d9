import QtQuick
import Kiosk

// The title of a page: a heading, or a banner where the page has a tone.
Item {
    id: root

    required property string title
    property string hint
    property string tone: "plain"
    readonly property bool toned: tone !== "plain"
    readonly property bool wide: true
    readonly property bool fixed: true

    implicitHeight: toned ? banner.implicitHeight : heading.implicitHeight

    KkHeading {
        id: heading

        width: parent.width
        visible: !root.toned
        title: root.title
        hint: root.hint
    }

    KkTone {
        id: banner

        width: parent.width
        height: implicitHeight
        visible: root.toned
        tone: root.tone
        title: root.title
        capital: Theme.care ? 9 : 7
    }
}
