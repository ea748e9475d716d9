"""Waiting in the GUI thread without keeping the processor, or the interpreter, from others."""

from PySide6.QtCore import QEventLoop, QTimer


def wait(ms: int) -> None:
    """Let events come for so long; other threads run meanwhile (`QTest.qWait` holds the interpreter's lock)."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
