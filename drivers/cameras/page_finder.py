"""Where the page lies in a picture, and the page cut out and set upright. In doubt there is no page, and the whole picture is kept.

This module imports OpenCV: it is itself imported late, in the thread of a camera.
"""

import cv2
import numpy as np
import numpy.typing as npt

from drivers.cameras.picture import Pixels

Corners = npt.NDArray[np.float32]  # 4 x (x, y) in pixels: upper left, upper right, lower right, lower left

_LONG = 640  # pixels: the longer side of what is searched
_LEAST = 0.15  # of the picture: a smaller light thing is no page
_MOST = 0.97  # and a larger one is the picture itself
_CONTRAST = 35  # of 255, between the sheet and what it lies on
_FILLED = 0.9  # of its four-sided outline
_STRAIGHT = 0.35  # most cosine of a corner: 70 to 110 degrees
_SLIM = 4.0  # most ratio of its sides
_ROUGH = 0.03  # of the outline's length: how far a side may bulge


def find(luma: Pixels) -> Corners | None:
    """The page's corners; None where nothing in the picture is surely one light sheet with four sides."""
    if min(luma.shape[:2], default=0) < 16 or luma.ndim != 2:  # noqa: PLR2004 - rows and columns
        return None
    scale = min(1.0, _LONG / max(luma.shape))
    small = cv2.resize(luma, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    limit, light = cv2.threshold(cv2.GaussianBlur(small, (5, 5), 0), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if not _apart(np.asarray(small, np.uint8), limit):
        return None
    sheet = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))  # print is no hole in it
    outlines, _ = cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = max(outlines, key=lambda outline: float(cv2.contourArea(outline)))
    corners = _four_sided(np.asarray(largest, np.int32), sheet.size)
    return None if corners is None else np.asarray(corners / scale, np.float32)


def straightened(bgr: Pixels, corners: Corners) -> Pixels:
    """The page alone, upright as it lies, in the size it has in the picture; at most as large as the picture."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = max(sides[0], sides[2]), max(sides[1], sides[3])
    shrink = min(1.0, float(np.sqrt(bgr.shape[0] * bgr.shape[1] / max(1.0, float(width * height)))))
    size = (max(1, round(float(width) * shrink)), max(1, round(float(height) * shrink)))
    goal = np.array([[0, 0], [size[0] - 1, 0], [size[0] - 1, size[1] - 1], [0, size[1] - 1]], np.float32)
    way = cv2.getPerspectiveTransform(corners, goal)
    return np.asarray(cv2.warpPerspective(bgr, way, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _apart(luma: Pixels, limit: float) -> bool:
    """Whether there are two kinds of brightness at all: light falling unevenly on a desk is no sheet."""
    light, dark = luma[luma > limit], luma[luma <= limit]
    return bool(light.size and dark.size and np.median(light) - np.median(dark) >= _CONTRAST)


def _four_sided(outline: npt.NDArray[np.int32], pixels: int) -> Corners | None:
    hull = cv2.convexHull(outline)
    shape = cv2.approxPolyDP(hull, _ROUGH * cv2.arcLength(hull, closed=True), closed=True)
    area = cv2.contourArea(shape)
    if len(shape) != 4 or not _LEAST <= area / pixels <= _MOST or cv2.contourArea(outline) < _FILLED * area:  # noqa: PLR2004 - sides
        return None
    corners = _ordered(shape.reshape(4, 2).astype(np.float32))
    return corners if _like_a_sheet(corners) else None


def _ordered(corners: Corners) -> Corners:
    """Clockwise from the upper left one, which is nearest to the picture's own."""
    middle = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def _like_a_sheet(corners: Corners) -> bool:
    ways = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(ways, axis=1)
    if lengths.min() < 1 or lengths.max() > _SLIM * lengths.min():
        return False
    units = ways / lengths[:, None]
    return bool(np.all(np.abs(np.sum(units * np.roll(units, -1, axis=0), axis=1)) <= _STRAIGHT))
