"""A finger on a window: finds what is shown by its name and touches it."""

from PySide6.QtCore import QPoint
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

_STROKE = ((0.2, 0.6), (0.35, 0.3), (0.5, 0.65), (0.6, 0.35), (0.8, 0.5))  # in fractions of what is drawn on


class Finger:
    """One finger on one window."""

    def __init__(self, window: QQuickWindow) -> None:
        self.window = window
        self._device = QTest.createTouchDevice()

    def item(self, name: str) -> QQuickItem | None:
        """What is shown under this name."""
        waiting = [self.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if not item.isVisible():
                continue
            if item.objectName() == name:
                return item
            waiting += item.childItems()
        return None

    def shows(self, name: str) -> bool:
        """Whether there is something of this name to be touched."""
        item = self.item(name)
        return item is not None and item.isEnabled() and item.property("available") is not False

    def place(self, name: str) -> QPoint:
        """The middle of it; raises KeyError where it is not shown."""
        item = self.item(name)
        if item is None:
            raise KeyError(name)
        return item.mapToScene(item.boundingRect().center()).toPoint()

    def draws(self, name: str) -> None:
        """Draw a stroke over it; raises KeyError where it is not shown."""
        item = self.item(name)
        if item is None:
            raise KeyError(name)
        box = item.mapRectToScene(item.boundingRect())
        points = [QPoint(int(box.x() + box.width() * x), int(box.y() + box.height() * y)) for x, y in _STROKE]
        QTest.touchEvent(self.window, self._device).press(0, points[0]).commit()
        for point in points[1:]:
            QTest.touchEvent(self.window, self._device).move(0, point).commit()
        QTest.touchEvent(self.window, self._device).release(0, points[-1]).commit()

    def press(self, place: QPoint) -> None:
        """Touch and let go."""
        QTest.touchEvent(self.window, self._device).press(0, place).commit()
        QTest.touchEvent(self.window, self._device).release(0, place).commit()
