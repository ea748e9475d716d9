"""Codes in a picture: zxing-cpp on each one, and one more try after one step of preparation on each in which it found none.

Which steps help, and in which order, was measured on the public QR photographs of ZXing and BoofCV: a darker middle tone for
washed-out screens, edges for defocus, local contrast for shadows, closing for moire, doubling for small modules. Light codes on
dark ground are looked for in the same rotation: zxing-cpp could do it each time, for a third of its time more.

This module imports OpenCV and zxing-cpp: it is itself imported late, in the thread of a camera.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import zxingcpp

from drivers.cameras.picture import Pixels

_MOST_FOR_DOUBLE = 1280 * 720  # pixels: four times as many are about what a frame's time allows
_KERNEL = np.ones((3, 3), np.uint8)
_GAMMA = (255 * (np.arange(256) / 255) ** 0.5).astype(np.uint8)
# As text: objects of zxing-cpp that live as long as the process make its binding complain of leaks at the end.
_FORMATS = {
    "qr": "QRCode",
    "microqr": "MicroQRCode",
    "datamatrix": "DataMatrix",
    "pdf417": "PDF417",
    "code128": "Code128",
    "code39": "Code39",
    "ean13": "EAN13",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The payloads in one picture, and whether it took a step of preparation; its repr shows none of them."""

    payloads: tuple[bytes, ...] = field(repr=False)
    rescued: bool = False


class Decoder:
    """Finds codes of these formats (names as in the settings)."""

    def __init__(self, formats: Sequence[str]) -> None:
        self._formats = "|".join(_FORMATS[name] for name in formats)
        self._turn = 0

    def read(self, luma: Pixels) -> Found:
        """The exact bytes of all codes, as they are to be seen."""
        return Found(self._payloads(luma))

    def rescue(self, luma: Pixels) -> Found:
        """The same after one step of preparation, each time the next."""
        step = STEPS[self._turn]
        self._turn = (self._turn + 1) % len(STEPS)
        return Found(self._payloads(np.ascontiguousarray(step(luma))), rescued=True)

    def _payloads(self, luma: Pixels) -> tuple[bytes, ...]:
        formats = zxingcpp.barcode_formats_from_str(self._formats)
        return tuple(code.bytes for code in zxingcpp.read_barcodes(luma, formats=formats, try_invert=False))


def _lighter(luma: Pixels) -> Pixels:
    return _pixels(cv2.LUT(luma, _GAMMA))


def _sharper(luma: Pixels) -> Pixels:
    return _pixels(cv2.addWeighted(luma, 3, cv2.GaussianBlur(luma, (0, 0), 3), -2, 0))


def _even(luma: Pixels) -> Pixels:
    return _pixels(cv2.createCLAHE(3.0, (8, 8)).apply(luma))


def _closed(luma: Pixels) -> Pixels:
    return _pixels(cv2.morphologyEx(luma, cv2.MORPH_CLOSE, _KERNEL))


def _inverted(luma: Pixels) -> Pixels:
    return _pixels(cv2.bitwise_not(luma))


def _doubled(luma: Pixels) -> Pixels:
    """Twice as large; of a large picture only the middle, where a code is held."""
    rows, columns = luma.shape
    if rows * columns > _MOST_FOR_DOUBLE:
        luma = luma[rows // 4 : rows * 3 // 4, columns // 4 : columns * 3 // 4]
    return _pixels(cv2.resize(luma, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


def _pixels(made: object) -> Pixels:
    return made  # type: ignore[return-value]  # OpenCV's type hints say "any number type"


STEPS: tuple[Callable[[Pixels], Pixels], ...] = (_lighter, _sharper, _inverted, _even, _closed, _doubled)
