"""Whether somebody is at the camera: pictures are compared with what it mostly sees. Most of a day nobody is, and effort is saved."""

import cv2
import numpy as np
import numpy.typing as npt

from drivers.cameras.picture import Pixels

_CELLS = (80, 45)  # of which a picture of any size is made: noise is averaged away
_DIFFERS = 16  # of 255: a phone on a desk differs by more
_SHARE = 0.004  # of the cells
_MARGIN = 2  # cells: a code's quiet zone may look like the desk
_CALM = 1 / 300  # of the difference is taken over with each picture: at 30 a second, daylight is followed
_BUSY = 1 / 6000  # and what lies there for some minutes belongs to the furniture


class Stir:
    """Knows what the camera mostly sees."""

    def __init__(self) -> None:
        self._usual: npt.NDArray[np.float32] | None = None
        self._unusual: npt.NDArray[np.bool_] | None = None

    def look(self, luma: Pixels) -> bool:
        """Whether this picture is unusual; light that changes everywhere at once is not."""
        cells = cv2.resize(luma, _CELLS, interpolation=cv2.INTER_AREA).astype(np.float32)
        if self._usual is None:
            self._usual, self._unusual = cells, None
            return True
        difference = cells - self._usual
        even = difference - np.median(difference)
        differs = np.abs(even) > _DIFFERS
        busy = bool(np.count_nonzero(differs) > _SHARE * differs.size)
        self._unusual = differs if busy else None
        self._usual += (_BUSY if busy else _CALM) * difference
        return busy

    def where(self, luma: Pixels) -> Pixels:
        """The part of the picture looked at last in which it was unusual, with a margin; all of it when it was not."""
        if self._unusual is None:
            return luma
        rows, columns = (_span(np.flatnonzero(self._unusual.any(axis=axis)), self._unusual.shape[1 - axis]) for axis in (1, 0))
        height, width = luma.shape
        return luma[int(rows[0] * height) : int(rows[1] * height), int(columns[0] * width) : int(columns[1] * width)]


def _span(found: npt.NDArray[np.intp], cells: int) -> tuple[float, float]:
    """From the first to the last of these cells, as shares of the whole."""
    return max(0, int(found[0]) - _MARGIN) / cells, min(cells, int(found[-1]) + 1 + _MARGIN) / cells
