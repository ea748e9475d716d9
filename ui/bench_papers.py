"""The papers of the bench printer: what lies in its slot or was torn off, as pictures, and the codes printed on them."""

import threading
from pathlib import Path
from typing import Final

from PIL.Image import Resampling
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from drivers.bench.escpos_sheet import QrRow, Sheet, from_json
from drivers.bench.paper_picture import picture

SLOT: Final = 0  # the place behind the newest paper: the empty slot once that one is torn off


def numbers(folder: Path) -> tuple[int, ...]:
    """Numbers of all papers, oldest first."""
    return tuple(sorted(int(path.stem) for path in folder.glob("[0-9]*.json")))


def file(folder: Path, number: int) -> Path:
    """Where the printer keeps this paper."""
    return folder / f"{number:03}.json"


def newest_code(folder: Path) -> bytes | None:
    """What the QR code says on the newest paper that has one."""
    for number in reversed(numbers(folder)):
        codes = [row.data for row in from_json(file(folder, number).read_bytes()).rows if isinstance(row, QrRow)]
        if codes:
            return codes[-1]
    return None


def image(sheet: Sheet, width: int) -> QImage:
    """The sheet `width` pixels wide."""
    drawn = picture(sheet)
    small = drawn.resize((width, max(1, drawn.height * width // drawn.width)), Resampling.LANCZOS)
    return QImage(small.tobytes(), small.width, small.height, 3 * small.width, QImage.Format.Format_RGB888).copy()


def befell(sheet: Sheet) -> str:
    """What became of it, for people."""
    if sheet.spoiled:
        return f"spoiled: {sheet.spoiled}"
    return "cut off" if sheet.cut else "not cut off"


class Pile:
    """Leafs through the papers of one printer. The newest one is shown when it comes, and hangs in the slot until it is torn off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._torn = max(numbers(folder), default=SLOT)  # papers of an earlier run have long been taken
        self._newest = self._torn
        self.shown = SLOT

    def look(self) -> tuple[int, ...]:
        """The places that can be shown, oldest first; another newest paper comes to the front."""
        there = numbers(self.folder)
        newest = max(there, default=SLOT)
        if newest != self._newest:
            self._newest = self.shown = newest
        return there if newest > self._torn else (*there, SLOT)

    def leaf(self, step: int) -> None:
        """Show an earlier (-1) or a later (1) one, if there is one."""
        places = self.look()
        at = places.index(self.shown) if self.shown in places else len(places) - 1
        self.shown = places[min(max(at + step, 0), len(places) - 1)]

    def tear(self) -> None:
        """Tear the newest one off."""
        self._torn, self.shown = self._newest, SLOT


class PaperProvider(QQuickImageProvider):
    """Hands the picture drawn last to QML as `image://paper/<name>`; the name only makes it another one."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._lock = threading.Lock()
        self._drawn = QImage()

    def keep(self, drawn: QImage) -> None:
        """The picture to hand out from now on; any thread."""
        with self._lock:
            self._drawn = drawn

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803 - Qt's names
        """Answer Qt's request; `size` is told the picture's true size."""
        with self._lock:
            drawn = self._drawn
        size.setWidth(drawn.width())
        size.setHeight(drawn.height())
        return drawn
