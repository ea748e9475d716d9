"""A window with the real QML on an offscreen desktop that is large enough for both orientations."""

import itertools
import os
import tempfile
import time
from pathlib import Path

from ui import preview, sample_pictures, samples

_FOLDER = tempfile.TemporaryDirectory()
os.environ["QT_QPA_PLATFORM"] = preview.offscreen_desk(Path(_FOLDER.name))
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QML_NO_TOUCH_COMPRESSION"] = "1"

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF  # noqa: E402
from PySide6.QtGui import QAccessible  # noqa: E402
from PySide6.QtQuick import QQuickWindow  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from kiosk.flow import Answered  # noqa: E402
from kiosk.screens import View  # noqa: E402
from ui.app import Look, ScreenSize, build  # noqa: E402
from ui.shell import Shell  # noqa: E402

DEADLINE = 5.0  # s


def walk(item):
    """The item and everything seen below it."""
    if not item.isVisible():
        return
    yield item
    for child in item.childItems():
        yield from walk(child)


def box(item):
    """Where the item is in its window."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def said(stage):
    """All texts on the screen."""
    return [item.property("text") for item in stage.items() if item.inherits("QQuickText")]


def accessible_names(window):
    """What a screen reader is told of everything in the window: names and descriptions."""
    names = []

    def hear(interface):
        names.extend([interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)])
        for at in range(interface.childCount()):
            hear(interface.child(at))

    QAccessible.setActive(True)
    hear(QAccessible.queryAccessibleInterface(window))
    return names


class Stage:
    """A shell with its window; `answers` are the touches it handed on."""

    def __init__(self, orientation="portrait", *, motion=False, size=None):
        self.answers = []
        self.looks = 0  # at the camera
        self.numbers = itertools.count(1)
        self.place = 0
        self.size = ScreenSize(*(size or preview.SIZES[orientation]))
        self.shell = Shell(self.take, samples.sentences())
        self.show("attract", settle=False)
        self.engine = build(self.shell, self.size, Look(reduced_motion=not motion, hide_cursor=False), self.newest)
        self.warnings = []
        self.engine.warnings.connect(self.warnings.extend)
        self.window = self.engine.rootObjects()[0]
        assert isinstance(self.window, QQuickWindow)
        self.finger = QTest.createTouchDevice()
        self.settle()

    def newest(self, role):
        self.looks += 1
        return sample_pictures.frame(role)

    def take(self, event):
        self.answers.append(event)

    def close(self):
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert [warning.toString() for warning in self.warnings] == []

    def show(self, name, *, screen=None, settle=True, frame=None, number=None, place=None, **around):
        """Show a screen; another one than before is at another place, unless said otherwise."""
        frame, screen = frame or samples.frame(name, **around), screen or samples.SCREENS[name]
        before = self.shell.view
        self.place = place if place is not None else self.place + (before is None or before.screen != screen)
        number = next(self.numbers) if number is None else number
        self.shell.show(View(number=number, place=self.place, screen=screen, frame=frame))
        if settle:
            self.settle()

    def settle(self):
        """Let layouts and frames come to rest: no event is left that would move something."""
        for _ in range(3):
            self.window.grabWindow()  # layouts are made when a frame is
            QCoreApplication.processEvents()
        self.wait(lambda: not any(item.property("restless") for item in self.items()))
        self.window.grabWindow()

    def wait(self, condition):
        end = time.monotonic() + DEADLINE
        while not condition():
            assert time.monotonic() < end, "nothing happened in time"
            QTest.qWait(5)

    def items(self):
        return list(walk(self.window.contentItem()))

    def targets(self):
        return [item for item in self.items() if item.property("kkTarget") is True and item.isEnabled()]

    def find(self, name):
        found = [item for item in self.targets() if item.objectName() == name]
        assert len(found) == 1, f"{name}: {len(found)} of {[item.objectName() for item in self.targets()]}"
        return found[0]

    def centre(self, item):
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def touch(self, item):
        point = self.centre(item)
        self.press(point)
        self.release(point)
        self.settle()

    def press(self, point):
        QTest.touchEvent(self.window, self.finger).press(0, point).commit()

    def release(self, point):
        QTest.touchEvent(self.window, self.finger).release(0, point).commit()

    def key(self, key):
        QTest.keyClick(self.window, key)
        self.settle()

    def given(self):
        """Action and value of each answer, and forget them."""
        given = [(answer.action, answer.value) for answer in self.answers if isinstance(answer, Answered)]
        self.answers.clear()
        return given
