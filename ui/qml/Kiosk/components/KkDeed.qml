import QtQuick
import Kiosk

// Something that can be done, as a button; one that cannot be done now says why.
KkButton {
    required property var option
    readonly property bool fixed: true

    main: true
    icon: option.icon
    label: option.title
    more: option.enabled ? "" : option.why || Theme.words.unavailable
    about: [option.note, option.about, more].filter(part => part !== "").join(" ")
    available: option.enabled
}
