"""One picture of a camera, decoded only as far as somebody wants it.

This module imports OpenCV: it is itself imported late, in the thread of a camera.
"""

import zlib
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from drivers.cameras import jpeg as jpegs

Pixels = npt.NDArray[np.uint8]  # height x width of luma, or height x width x 3 of BGR

_QUALITY = 92
_KEEP = cv2.IMREAD_IGNORE_ORIENTATION


@dataclass(frozen=True, slots=True)
class Picture:
    """`at` is `time.monotonic()` in seconds; `mark` is equal for equal contents. Its repr shows no pixel."""

    at: float
    mark: int
    width: int
    height: int
    _jpeg: bytes | None = field(default=None, repr=False)
    _bgr: Pixels | None = field(default=None, repr=False)

    @property
    def jpeg(self) -> bytes:
        """As JPEG: what the camera sent, where it sends JPEG."""
        return self._jpeg if self._jpeg is not None else encoded(self._pixels())

    def gray(self) -> Pixels | None:
        """Its luma; None when the camera's JPEG is damaged."""
        if self._jpeg is None:
            return _typed(cv2.cvtColor(self._pixels(), cv2.COLOR_BGR2GRAY))
        return _decoded(self._jpeg, cv2.IMREAD_GRAYSCALE)

    def color(self) -> Pixels | None:
        """Its pixels in BGR; None when the camera's JPEG is damaged."""
        return self._pixels() if self._jpeg is None else _decoded(self._jpeg, cv2.IMREAD_COLOR)

    def half(self) -> Pixels | None:
        """Its luma at half the size, which takes a JPEG decoder less time; None when the camera's JPEG is damaged."""
        if self._jpeg is None:
            return _typed(cv2.cvtColor(np.ascontiguousarray(self._pixels()[::2, ::2]), cv2.COLOR_BGR2GRAY))
        return _decoded(self._jpeg, cv2.IMREAD_REDUCED_GRAYSCALE_2)

    def thumbnail(self) -> Pixels | None:
        """Its luma at an eighth of the size; None when the camera's JPEG is damaged."""
        if self._jpeg is None:
            return _typed(cv2.cvtColor(np.ascontiguousarray(self._pixels()[::8, ::8]), cv2.COLOR_BGR2GRAY))
        return _decoded(self._jpeg, cv2.IMREAD_REDUCED_GRAYSCALE_8)

    def scaled(self, width: int) -> Pixels | None:
        """In BGR, not wider than `width`; None when the camera's JPEG is damaged."""
        pixels = self._half_color() if self.width >= 2 * width else self.color()
        if pixels is None or pixels.shape[1] <= width:
            return pixels
        height = max(1, round(pixels.shape[0] * width / pixels.shape[1]))
        return _typed(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA))

    def _half_color(self) -> Pixels | None:
        return self._pixels() if self._jpeg is None else _decoded(self._jpeg, cv2.IMREAD_REDUCED_COLOR_2)

    def _pixels(self) -> Pixels:
        if self._bgr is None:
            message = "a picture is made of a JPEG or of pixels"
            raise ValueError(message)
        return self._bgr


def of_jpeg(data: bytes, at: float) -> Picture | None:
    """The picture in a camera's JPEG; None when it is not whole, or declares a size no camera has."""
    size = jpegs.size(data)
    return None if size is None else Picture(at, zlib.crc32(data), *size, _jpeg=data)


def of_pixels(bgr: Any, at: float) -> Picture | None:  # noqa: ANN401 - whatever OpenCV made of the camera's format
    """The picture in an array of OpenCV; None for an empty one."""
    if bgr is None or bgr.size == 0 or bgr.dtype != np.uint8:
        return None
    pixels = bgr if bgr.ndim == 3 else cv2.cvtColor(bgr, cv2.COLOR_GRAY2BGR)  # noqa: PLR2004 - rows, columns, colours
    mark = zlib.crc32(np.ascontiguousarray(pixels[::8]).data)  # noise reaches every row of a camera that lives
    return Picture(at, mark, pixels.shape[1], pixels.shape[0], _bgr=pixels)


def encoded(bgr: Pixels, quality: int = _QUALITY) -> bytes:
    """Pixels as JPEG."""
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return data.tobytes()


def _decoded(data: bytes, flags: int) -> Pixels | None:
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags | _KEEP)
    except cv2.error:
        return None
    return None if pixels is None else _typed(pixels)


def _typed(pixels: Any) -> Pixels:  # noqa: ANN401 - OpenCV's type hints say "any number type"
    return pixels  # type: ignore[no-any-return]
