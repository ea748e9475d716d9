"""Pictures for QML: those a screen carries, and what a device's camera sees now."""

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtQuick import QQuickImageProvider

from drivers.contract import Frame

PROVIDER: Final = "kiosk"
_SHOWN: Final = "shown"
_BEGIN: Final = b"\xff\xd8"  # of a JPEG

_log = logging.getLogger(__name__)

Newest = Callable[[str], Frame | None]
"""The newest frame of the device of a role; None where there is none."""


class Shown:
    """The pictures of the view that is shown, as JPEG by URL; those of the view before are forgotten."""

    def __init__(self) -> None:
        self._urls: dict[bytes, str] = {}
        self._wanted: dict[bytes, str] = {}
        self._made = 0

    def url(self, jpeg: bytes) -> str:
        """Where QML finds the picture; the same for the same picture while it is shown."""
        known = self._urls.get(jpeg) or self._wanted.get(jpeg)
        if known is None:
            self._made += 1
            known = f"image://{PROVIDER}/{_SHOWN}/{self._made}"
        self._wanted[jpeg] = known
        return known

    def turn(self) -> None:
        """Forget what `url` has not been asked for since the last turn."""
        self._urls, self._wanted = self._wanted, {}

    def jpeg(self, number: str) -> bytes | None:
        """The picture of a URL that ends with `number`."""
        wanted = f"image://{PROVIDER}/{_SHOWN}/{number}"
        return next((jpeg for jpeg, url in (self._urls | self._wanted).items() if url == wanted), None)


class Pictures(QQuickImageProvider):
    """`image://kiosk/shown/<number>`, and `image://kiosk/<role>/<anything>` for the newest frame. Keeps nothing itself."""

    def __init__(self, shown: Shown, newest: Newest) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._shown, self._newest = shown, newest

    def requestImage(self, name: str, size: QSize, requested: QSize) -> QImage:  # noqa: N802 - Qt's name
        """The picture at most as wide as `requested`; one pixel, which nobody sees, where there is none."""
        kind, _, number = name.partition("/")
        frame = None if kind == _SHOWN else self._newest(kind)
        jpeg = self._shown.jpeg(number) if kind == _SHOWN else frame.jpeg if frame is not None else None
        image = decoded(jpeg, requested.width()) if jpeg is not None else _nothing()
        if kind == _SHOWN and image.width() == 1:
            _log.warning("a picture cannot be shown")  # not of a camera: ten times a second
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def _nothing() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(0)
    return image


def decoded(jpeg: bytes, width: int) -> QImage:
    """The picture, scaled down to `width` pixels where it is wider (0 or less: as it is); one pixel for what is no JPEG."""
    if not jpeg.startswith(_BEGIN):
        return _nothing()  # or Qt would complain
    data = QByteArray(jpeg)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    whole = reader.size()
    if 0 < width < whole.width():
        reader.setScaledSize(QSize(width, max(1, round(whole.height() * width / whole.width()))))
    image = reader.read()
    return _nothing() if image.isNull() else image
