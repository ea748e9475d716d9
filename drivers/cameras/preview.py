"""The newest picture for a screen: made in the camera's thread, read from any other without a lock."""

import time
from typing import TYPE_CHECKING

from drivers.contract import Frame

if TYPE_CHECKING:
    from drivers.cameras.picture import Picture

_FRESH = 1.0  # s
_IDLE = 0.4  # s between two while nobody looks: there is always one that is fresh
_LOOKED = 2.0  # s after a look that somebody is taken to be looking
_QUALITY = 75


class Previews:
    """Pictures scaled to at most `width` pixels, `rate` a second while somebody looks at them."""

    def __init__(self, width: int, rate: float) -> None:
        self._width = width
        self._period = 1 / rate
        self._newest: Frame | None = None
        self._next = 0.0
        self._looked = 0.0

    @property
    def newest(self) -> Frame | None:
        """The newest one; None when there is none younger than a second."""
        self._looked = now = time.monotonic()
        newest = self._newest
        return newest if newest is not None and now - newest.at <= _FRESH else None

    def offer(self, picture: "Picture") -> None:
        """Make one of this picture, if it is time for it."""
        from drivers.cameras.picture import encoded  # noqa: PLC0415 - OpenCV, in the camera's thread

        if picture.at < self._next:
            return
        self._next = picture.at + (self._period if picture.at - self._looked < _LOOKED else _IDLE)
        pixels = picture.scaled(self._width)
        if pixels is not None:
            height, width = pixels.shape[:2]
            self._newest = Frame(jpeg=encoded(pixels, _QUALITY), width=width, height=height, at=picture.at)
