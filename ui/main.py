"""The terminal as a process: with a real window until it is told to stop."""

import gc
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk import log
from kiosk.settings import Settings
from kiosk.texts import Sentences
from ui.app import application
from ui.running import Running, local_time

_STARTED_MS = 3000  # by then every device has loaded what it needs


def has_display() -> bool:
    """Whether a window can be shown here."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


def run(settings: Settings, sentences: Sentences) -> int:
    """Run the terminal on its own devices and office; returns the exit code; SettingsError says what the config asks in vain."""
    log.set_up()
    app = application(["kiosk"])
    running = Running(settings, sentences, local_time)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())  # taken up at the next tick of the terminal's timer
    QTimer.singleShot(_STARTED_MS, _keep_what_started)
    code = app.exec()
    running.close()
    if running.failure is not None:
        raise running.failure
    return code


def _keep_what_started() -> None:
    """Collect garbage from now on, but not among all that the start has made: looking through it holds up a frame by 25 ms."""
    gc.freeze()
    gc.enable()


def run_embedded(settings: Settings, sentences: Sentences, folder: Path) -> int:
    """Run it on the stand, with the bench panel beside it."""
    from ui.bench_panel import BenchPanel  # noqa: PLC0415 - neither office nor bench on a real terminal
    from ui.stand import Clock, Stand, working_morning  # noqa: PLC0415

    log.set_up()
    clock = Clock(working_morning(datetime.now(UTC)))
    app = application(["kiosk"])
    with Stand(folder, settings, clock) as stand:
        running = Running(stand.settings, sentences, clock)
        panel = BenchPanel(stand, lambda: running.terminal.session.roles.statuses)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: app.quit())
        code = app.exec()
        panel.close()
        running.close()
    return code
