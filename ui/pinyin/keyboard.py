"""Composing Chinese, for QML."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

if TYPE_CHECKING:
    from ui.pinyin.composer import Candidate, Composition
    from ui.pinyin.source import Source

QML_IMPORT_NAME = "Kiosk.Bridge"
QML_IMPORT_MAJOR_VERSION = 1

_log = logging.getLogger(__name__)


def installed_source() -> "Source | None":
    """The engine, not yet started; None where it is not installed, which the log tells a technician."""
    from ui.aside.parent import Aside  # noqa: PLC0415 - the first frame waits for no keyboard
    from ui.pinyin import engine  # noqa: PLC0415
    from ui.pinyin.source import MODULE, Source  # noqa: PLC0415

    if engine.installed() is None:
        _log.warning("no Chinese by pinyin: the Debian package %s is not installed", engine.PACKAGE)
        return None
    return Source(Aside(MODULE, list[tuple[str, int]]))


@QmlElement
class Composer(QObject):
    """What is being composed on one keyboard, between `open` and `close`. GUI thread only."""

    changed = Signal()
    picked = Signal(str)  # characters for the field
    unpicked = Signal(int)  # so many characters are to be taken back from the field

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from ui.pinyin.composer import Composition  # noqa: PLC0415 - as above

        self._source: Source | None = None
        self._nothing = self._composition = Composition()
        self._candidates: tuple[Candidate, ...] = ()

    @Slot(result=bool)
    def open(self) -> bool:
        """Get ready; whether there is an engine."""
        if self._source is None and (source := installed_source()):
            self._source = source
            self.destroyed.connect(source.close)
        QTimer.singleShot(0, self._start)  # after the frame that shows the keyboard
        self.changed.emit()
        return self._source is not None

    @Slot()
    def _start(self) -> None:
        if self._source is not None:
            self._source.start()

    @Slot()
    def close(self) -> None:
        """Forget everything."""
        if self._source is not None:
            self._source.close()
        self._source = None
        self._become(self._nothing)

    @Property(bool, notify=changed)
    def available(self) -> bool:
        """Whether letters can become characters."""
        return self._source is not None and self._source.available

    @Property(str, notify=changed)
    def letters(self) -> str:
        """Not yet turned into characters."""
        return self._composition.letters

    @Property(bool, notify=changed)
    def full(self) -> bool:
        """Whether no more letters are taken."""
        return self._composition.full

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a C++ type name is allowed
    def candidates(self) -> list[str]:
        """Characters to choose from, the likeliest first."""
        return [candidate.text for candidate in self._candidates]

    @Slot(str)
    def type(self, letter: str) -> None:
        """A letter or the separator; anything else, and what is too much, changes nothing."""
        self._become(self._composition.type(letter))

    @Slot(int)
    def pick(self, number: int) -> None:
        """Take a candidate by its place in `candidates`; nothing happens when it has none."""
        if 0 <= number < len(self._candidates):
            chosen = self._candidates[number]
            self._become(self._composition.pick(chosen))
            self.picked.emit(chosen.text)

    @Slot()
    def settle(self) -> None:
        """Take what is likeliest for all letters; the letters themselves where they stand for nothing."""
        while self._composition.letters and self._candidates:
            self.pick(0)
        self.keep()

    @Slot()
    def keep(self) -> None:
        """Take the letters as they are."""
        letters = self._composition.letters
        self._become(self._nothing)
        if letters:
            self.picked.emit(letters)

    @Slot(str)
    def back(self, before: str) -> None:
        """Take back the last pick if the text `before` the letters still ends with it, or else the last letter."""
        composition, removed = self._composition.back(before)
        self._become(composition)
        if removed:
            self.unpicked.emit(removed)

    @Slot()
    def clear(self) -> None:
        """Drop the letters."""
        self._become(self._nothing)

    def _become(self, composition: "Composition") -> None:
        if composition == self._composition:
            return
        if composition.letters != self._composition.letters:
            letters = composition.letters
            self._candidates = self._source.candidates(letters) if self._source and letters else ()
        self._composition = composition
        self.changed.emit()
