"""Whether a picture of a page is good enough to be kept: measured on the picture itself, plain functions.

This module imports OpenCV: it is itself imported late, in the thread of a camera.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from drivers.cameras.picture import Pixels

_FINE, _COARSE = 0.8, 2.5  # sigmas, in pixels
_SOBEL = 4  # times the difference of two neighbours
_EDGE = 10  # of 255, for the coarse difference of neighbours: print on paper has more, the grain of a desk less
_FEW = 0.001  # of all pixels: less is no text
_SMALL = 480  # pixels wide: where movement is looked for, noise is averaged away
_MOVED = 20  # of 255
_SLIGHTLY = 0.002  # of the picture: a few words
_STILL = 3  # pictures in a row
_BURNT = 250  # of 255
_PAPER = 0.75  # of the brightest: what is that bright is taken for paper
_SPOT = np.ones((3, 3), np.uint8)
_PRINT = np.ones((9, 9), np.uint8)  # wider than a stroke of print in a shrunk picture
_ALL_OVER = 0.8  # of the paper: not a spot but the exposure


@dataclass(frozen=True, slots=True)
class Light:
    """`high` is the luma that 2 % of the pixels exceed, that is paper; `glare` the share of the picture that is burnt out in spots."""

    high: float
    glare: float


def sharpness(luma: Pixels) -> float:
    """How much steeper edges are when looked at closely: about 2.5 for a perfect edge, 1 for a wide blur; 0 where there are no edges.

    Other than the variance of a Laplacian this depends neither on how much is on the page nor on noise, so that one limit holds
    for all pages. The worse of both directions counts, for a page that was moved is sharp along its way.
    """
    fine, coarse = (np.asarray(cv2.GaussianBlur(luma, (0, 0), sigma), np.uint8) for sigma in (_FINE, _COARSE))
    return min(_steepness(fine, coarse, 1, 0), _steepness(fine, coarse, 0, 1))


def light(luma: Pixels) -> Light:
    """How bright the page is, and how much of it is lost in glare."""
    small = shrunk(luma)
    high = float(np.percentile(small, 98))
    blank = np.asarray(cv2.dilate(small, _PRINT), np.uint8)  # paper as it were without print
    if np.count_nonzero(blank >= _BURNT) > _ALL_OVER * np.count_nonzero(blank > _PAPER * high):
        return Light(high, 0.0)
    spots = cv2.morphologyEx((small >= _BURNT).astype(np.uint8), cv2.MORPH_OPEN, _SPOT)
    return Light(high, float(np.count_nonzero(spots)) / small.size)


def shrunk(luma: Pixels) -> Pixels:
    """Small enough to be looked at as a whole."""
    height = max(1, round(luma.shape[0] * _SMALL / luma.shape[1]))
    return np.asarray(cv2.resize(luma, (_SMALL, height), interpolation=cv2.INTER_AREA), np.uint8)


def moved(before: Pixels, after: Pixels) -> float:
    """The share of what has changed between two shrunk pictures; 1 for pictures of different size."""
    if before.shape != after.shape:
        return 1.0
    return float(np.count_nonzero(cv2.absdiff(before, after) > _MOVED)) / before.size


class Stillness:
    """Knows whether what is pictured lies still."""

    def __init__(self) -> None:
        self._before: Pixels | None = None
        self._same = 0

    def look(self, luma: Pixels) -> bool:
        """Whether this picture shows the same as the ones just before."""
        now = shrunk(luma)
        same = self._before is not None and moved(self._before, now) <= _SLIGHTLY
        self._before, self._same = now, self._same + 1 if same else 0
        return self._same >= _STILL


def _steepness(fine: Pixels, coarse: Pixels, dx: int, dy: int) -> float:
    near, far = (cv2.convertScaleAbs(cv2.Sobel(one, cv2.CV_16S, dx, dy), alpha=1 / _SOBEL) for one in (fine, coarse))
    edges = (far > _EDGE).astype(np.uint8)
    if np.count_nonzero(edges) < _FEW * edges.size:
        return 0.0
    return float(cv2.mean(near, edges)[0] / cv2.mean(far, edges)[0])
