"""A terminal with its window: everything of one machine in one process."""

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from drivers.contract import Event
from kiosk import assembly
from kiosk.flow import Tick
from kiosk.settings import Settings
from kiosk.terminal import Terminal
from kiosk.texts import Sentences
from ui.app import Look, Machine, ScreenSize, build, take_down
from ui.shell import Shell

TICK_MS = 500  # half a second, so that a countdown in whole seconds never skips one


def local_time() -> datetime:
    """The wall clock with the machine's offset."""
    return datetime.now().astimezone()


class Running:
    """Opens the window at once and starts the devices after its first frame. Needs the application of `ui.app`.

    When they cannot be started, `failure` says why and the application is told to leave.
    """

    def __init__(self, settings: Settings, sentences: Sentences, clock: Callable[[], datetime] = local_time) -> None:
        self._clock, self._skipped = clock, 0.0
        self.failure: Exception | None = None
        self.shell = Shell(self._handle, sentences)
        ways = assembly.Ways(show=self.shell.show, post=self.shell.post, clock=clock)
        self.terminal: Terminal = assembly.terminal(settings, sentences, ways)
        self.terminal.begin()
        size, look = _measures(settings)
        self.engine: QQmlApplicationEngine = build(self.shell, size, look, self.terminal.preview)
        self.window: QQuickWindow = _window(self.engine)
        self._started = False
        self.window.frameSwapped.connect(self._first_frame)
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(self.tick)

    def _handle(self, event: Event) -> None:
        self.terminal.handle(event)

    def _first_frame(self) -> None:
        if not self._started:
            self._started = True
            self.tick()
            self._start()

    def _start(self) -> None:
        try:
            self.terminal.start()
        except Exception as error:  # noqa: BLE001 - an exception would end here in the event loop; whoever runs the loop raises it
            self.failure = error
            QCoreApplication.exit(1)
        self._timer.start()

    def tick(self) -> None:
        """Tell the session what time it is."""
        self.shell.post(Tick(now=time.monotonic() + self._skipped, time=self._clock()))

    def skip(self, seconds: float) -> None:
        """Let so much time go by at once, as the session sees it."""
        self._skipped += seconds
        self.tick()

    def close(self) -> None:
        """Stop timer and devices and take the window away."""
        self._timer.stop()
        self.terminal.stop()
        self.window.close()
        take_down(self.engine)


def _window(engine: QQmlApplicationEngine) -> QQuickWindow:
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)  # noqa: S101 - Main.qml is a Window
    return window


def _measures(settings: Settings) -> tuple[ScreenSize, Look]:
    """The screen, and the machine's front: where the settings say, or where such devices usually are."""
    screen = settings.terminal.screen
    size = ScreenSize(screen.width_px, screen.height_px, screen.width_mm, screen.height_mm)
    usual = {name: place for name, place in Machine().spots.items() if name in settings.devices}
    spots = {**usual, **{name: (spot.x, spot.y) for name, spot in settings.terminal.spots.items()}}
    return size, Look(machine=Machine(spots=spots))
