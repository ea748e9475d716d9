"""A keyboard by itself, under the field that it types into, in a window of a terminal's size."""

from glass import Stage
from PySide6.QtCore import QCoreApplication, QEvent, QMetaObject, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtTest import QTest

from ui import app, preview, samples
from ui.words import words

SOURCE = b"""
import QtQuick
import Kiosk
import "../components/navigator.js" as Navigator
import "../components/typing.js" as Typing

Window {
    id: root

    required property var setup
    required property var words
    required property bool care
    required property string pad
    property string text
    property int most: 1000
    property int entries: 0
    property string composing: place.item?.composing ?? ""

    function settle() { place.item.settle(); }
    function leave() { place.active = false; }

    width: setup.width
    height: setup.height
    visible: true
    color: Theme.ground
    Component.onCompleted: {
        Theme.setUp(setup);
        Theme.words = words;
        Theme.care = care;
        Theme.keyed = false;
        requestActivate();
        place.active = true;
    }
    function fresh() {
        place.active = false;
        Theme.words = words;
        Theme.keyed = false;
        text = "";
        most = 1000;
        entries = 0;
        screen.forceActiveFocus();
        place.active = true;
    }

    Item {
        id: screen

        anchors.fill: parent
        focus: true
        Keys.forwardTo: place.item ? [place.item] : []
        Keys.onPressed: event => {
            if ([Qt.Key_Left, Qt.Key_Right, Qt.Key_Up, Qt.Key_Down].includes(event.key))
                Navigator.next(screen, Window.activeFocusItem, event.key)?.forceActiveFocus();
        }

        KkField {
            x: Theme.margin; y: Theme.mm(20); width: parent.width - 2 * Theme.margin; height: implicitHeight
            typed: root.text; composing: root.composing; least: 0; most: root.most; groups: []; secret: false; error: ""
        }

        Loader {
            id: place

            active: false
            anchors { bottom: parent.bottom; bottomMargin: Theme.mm(30); right: parent.right; rightMargin: Theme.margin }
            width: Theme.landscape ? 0.57 * (parent.width - 2 * Theme.margin) : parent.width - 2 * Theme.margin
            height: item ? Math.min(item.wish, Theme.mm(160)) : 0

            sourceComponent: KkKeyboard {
                objectName: "keyboard"
                pad: root.pad
                text: root.text
                room: root.most - Typing.count(root.text)
                onTyped: characters => root.text = Typing.add(root.text, characters, root.most)
                onRemoved: root.text = Typing.chop(root.text)
                onCleared: root.text = ""
                onEntered: root.entries += 1
            }
        }
    }
}
"""


class Board(Stage):
    """The keyboard of `pad`; `text` is what stands in the field."""

    def __init__(self, pad="text", orientation="portrait", *, language="zh-CN", care=False):
        self.size = app.ScreenSize(*preview.SIZES[orientation])
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(app.QML))
        self.warnings = []
        self.engine.warnings.connect(self.warnings.extend)
        setup = app._setup(self.size, app.Look(reduced_motion=True))
        self.engine.setInitialProperties({"setup": setup, "words": words(samples.sentences(), language), "care": care, "pad": pad})
        self.engine.loadData(SOURCE, QUrl.fromLocalFile(str(app.QML / "Kiosk" / "screens" / "Board.qml")))
        self.window = self.engine.rootObjects()[0]
        self.finger = QTest.createTouchDevice()
        self.settle()

    def fresh(self, pad="text", language="zh-CN"):
        """Another keyboard in the same window."""
        self.window.setProperty("pad", pad)
        self.window.setProperty("words", words(samples.sentences(), language))
        self.call("fresh")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.settle()

    @property
    def text(self):
        return self.window.property("text")

    @property
    def composing(self):
        return self.window.property("composing")

    @property
    def names(self):
        """Of the keys and candidates that are seen."""
        return [target.objectName() for target in self.targets()]

    @property
    def candidates(self):
        found = {int(item.objectName().split(":")[1]): item.property("label") for item in self.targets() if item.objectName().startswith("candidate:")}
        return [found[number] for number in sorted(found)]

    def type(self, letters):
        for letter in letters:
            self.touch(self.find(f"key:{letter}"))

    def tap(self, *names):
        for name in names:
            self.touch(self.find(name))

    def strike(self, text):
        """Keys of a keyboard with a plug, one after the other as a person does."""
        for character in text:
            QTest.keyClick(self.window, character)
            self.settle()

    def burst(self, text):
        """The same within a millisecond, as a scanner does, and Enter."""
        keys = [(Qt.Key.Key_A, character) for character in text] + [(Qt.Key.Key_Return, "\r")]
        for key, character in keys:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(self.window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character))
        self.settle()

    def call(self, function):
        QMetaObject.invokeMethod(self.window, function)
        self.settle()
