"""A finger on the glass with a stop watch: runs in the terminal's own process and its own event loop."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from drivers.contract import Event
from kiosk import assembly
from kiosk.settings import Settings
from kiosk.texts import Sentences
from ui.running import Running

PATIENCE_MS = 20_000


class Watched(Running):
    """The terminal, with somebody who hears each event before it is handled."""

    def __init__(self, settings: Settings, sentences: Sentences) -> None:
        self.settings = settings
        self.heard: Callable[[Event], None] = lambda _: None
        super().__init__(settings, sentences)

    def _handle(self, event: Event) -> None:
        self.heard(event)
        super()._handle(event)


class Finger:
    """Touches things by name. All times are those of `time.perf_counter`, in seconds."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self._device = QTest.createTouchDevice()
        self._shows: Callable[[], bool] | None = None
        self._seen = 0.0
        self._loop = QEventLoop()
        running.window.frameSwapped.connect(self._swapped)

    @property
    def shown(self) -> str:
        return self.running.shell.name

    def frame_after(self, act: Callable[[], None], shows: Callable[[], bool], what: str) -> tuple[float, float]:
        """When the act began, and when the first frame after it was swapped for which `shows` is true."""
        self._shows, self._seen = shows, 0.0
        began = time.perf_counter()
        act()
        if not self._seen:
            self._run(PATIENCE_MS)
        self._shows = None
        if not self._seen:
            raise RuntimeError(f"never saw {what}; the screen is {self.shown}")
        return began, self._seen

    def rest(self, seconds: float) -> None:
        self._run(round(seconds * 1000))

    def until(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_MS / 1000
        while not condition():
            if time.monotonic() > end:
                raise RuntimeError(f"never saw {what}; the screen is {self.shown}")
            self.rest(0.02)

    def ready(self) -> None:
        """Wait until every device and the office can be used."""
        roles = self.running.terminal.session.roles
        self.until(lambda: all(map(roles.usable, roles.statuses)), "all devices and the office ready")

    def touch(self, name: str, then: str, hold: float = 0.04) -> tuple[float, float]:
        """Touch and let go: ms until the pressed look, and from letting go to the first frame of the screen `then`."""
        self.until(lambda: self._item(name) is not None, name)
        item = self._item(name)
        assert item is not None
        place = item.mapToScene(item.boundingRect().center()).toPoint()
        down, pressed = self.frame_after(lambda: self._press(place), lambda: item.property("pressed") is True, f"{name} pressed")
        self.rest(hold)
        up, turned = self.frame_after(lambda: self._release(place), lambda: self.shown == then, then)
        return (pressed - down) * 1000, (turned - up) * 1000

    def _press(self, place: QPoint) -> None:
        QTest.touchEvent(self.running.window, self._device).press(0, place).commit(processEvents=False)

    def _release(self, place: QPoint) -> None:
        QTest.touchEvent(self.running.window, self._device).release(0, place).commit(processEvents=False)

    def _swapped(self) -> None:
        if self._shows is not None and not self._seen and self._shows():
            self._seen = time.perf_counter()
            self._loop.quit()

    def _run(self, milliseconds: int) -> None:
        timer = QTimer(singleShot=True, interval=milliseconds)
        timer.timeout.connect(self._loop.quit)
        timer.start()
        self._loop.exec()
        timer.stop()

    def _item(self, name: str) -> QQuickItem | None:
        waiting = [self.running.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if not item.isVisible():
                continue
            if item.objectName() == name:
                return item if item.isEnabled() and item.property("available") is not False else None
            waiting += item.childItems()
        return None


def settled(folder: str) -> tuple[Settings, Sentences]:
    """Settings and sentences as `kiosk run --config` reads them."""
    sentences = assembly.sentences()
    return assembly.load_settings(Path(folder), sentences), sentences
