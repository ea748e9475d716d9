"""Somebody at the bench panel, a stand for it, and what its printer has printed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import serial
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk import assembly
from ui.bench_panel import BenchPanel
from ui.bench_papers import numbers
from ui.stand import Clock, Stand, working_morning

PATIENCE = 20_000  # ms: only ever waited for when something is wrong
SIZE = (1200, 1000)


def delete_later_now() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Finger:
    """Somebody at the panel."""

    def __init__(self, panel: BenchPanel, qtbot: QtBot, device: Any) -> None:
        self.panel, self._qtbot, self._device = panel, qtbot, device
        panel.window.resize(*SIZE)
        self.until(lambda: panel.window.contentItem().height() == SIZE[1])

    def until(self, so: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(so()), timeout=PATIENCE)

    def items(self) -> Iterator[QQuickItem]:
        waiting = [self.panel.window.contentItem()]
        while waiting:
            item = waiting.pop()
            yield item
            waiting += item.childItems()

    def item(self, name: str) -> QQuickItem:
        (found,) = [item for item in self.items() if item.objectName() == name]
        return found

    def marked(self, name: str) -> bool:
        return bool(self.item(name).property("marked"))

    def place(self, name: str) -> QPoint:
        item = self.item(name)
        place = item.mapToScene(item.boundingRect().center()).toPoint()
        assert self.panel.window.contentItem().contains(place), f"{name} is off the window"
        return place

    def touch(self, name: str, of: str = "") -> None:
        """Touch the button of this name; `of` is the entry of the list that shows it."""
        if of:
            self.touch(f"show:{of}")
        self.until(lambda: self.item(name).isVisible() and self.item(name).isEnabled())
        self.panel.window.grabWindow()  # what has just come into sight gets its place when it is drawn
        place = self.place(name)
        QTest.touchEvent(self.panel.window, self._device).press(0, place).commit()
        QTest.touchEvent(self.panel.window, self._device).release(0, place).commit()

    @property
    def said(self) -> str:
        return str(self.item("said").property("text"))

    def hears(self, *words: str) -> None:
        """Wait until the status line says all of these."""
        self.until(lambda: all(word in self.said for word in words) and not self.said.startswith("…"))

    @property
    def picture(self) -> str:
        return str(self.item("paper:picture").property("source").toString())


def new_stand(folder: Path) -> Stand:
    settings = assembly.load_settings(Path("config"), assembly.sentences())
    return Stand(folder, settings, Clock(working_morning(datetime.now(UTC))))


def newest(stand: Stand) -> int:
    return max(numbers(stand.devices["receipt_printer"].folder / "papers"), default=0)


def prints(stand: Stand, data: bytes) -> None:
    with serial.Serial(stand.devices["receipt_printer"].port, 115200) as host:
        host.write(b"\x1b@" + data)
        host.flush()
