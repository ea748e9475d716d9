"""Reading handwriting, for QML."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

if TYPE_CHECKING:
    from ui.aside.parent import Aside

QML_IMPORT_NAME = "Kiosk.Bridge"
QML_IMPORT_MAJOR_VERSION = 1

MODULE = "ui.handwriting"


@QmlElement
class Scribe(QObject):
    """Reads one character at a time for a keyboard, between `open` and `close`. GUI thread only."""

    changed = Signal()
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from ui.handwriting import engine  # noqa: PLC0415 - the first frame waits for no keyboard

        self._works = engine.installed() is not None
        self._aside: Aside[list[str]] | None = None
        self._candidates: list[str] = []

    @Property(bool, notify=failed)
    def available(self) -> bool:
        """Whether this machine has the extra, and it has not failed for good."""
        return self._works

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a C++ type name is allowed
    def candidates(self) -> list[str]:
        """What was last read may be these characters, the likeliest first."""
        return self._candidates

    @Slot()
    def open(self) -> None:
        """Get ready."""
        from ui.aside.parent import Aside  # noqa: PLC0415

        if self._works and self._aside is None:
            self._aside = Aside(MODULE, list[str])
            self.destroyed.connect(self._aside.close)
            self._aside.start()

    @Slot("QVariantList")
    def read(self, strokes: list[list[float]]) -> None:
        """Read a character: its strokes as x, y, x, y …; takes some hundredths of a second."""
        self._candidates = (self._aside.ask(strokes) if self._aside else None) or []
        self.changed.emit()
        if self._aside and self._aside.given_up:
            self._works = False
            self.failed.emit()

    @Slot()
    def clear(self) -> None:
        """Nothing is written."""
        self._candidates = []
        self.changed.emit()

    @Slot()
    def close(self) -> None:
        """Forget everything."""
        if self._aside is not None:
            self._aside.close()
        self._aside = None
        self.clear()
