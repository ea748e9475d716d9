"""Strokes as they were written, and as a recogniser wants them. Pure."""

import math
from collections.abc import Sequence
from typing import Final

Strokes = Sequence[Sequence[float]]
"""Each stroke as x, y, x, y …, in any unit."""

SIDE: Final = 1000  # of the square that a character is fitted into

_MARGIN: Final = 200  # of all margins tried it finds the most characters, the more so the less steady the hand
_MOST: Final = 40  # strokes; no standard character has more than 36
_POINTS: Final = 60  # of a stroke; enough for any bend
_FARTHEST: Final = 1e6


def fitted(strokes: Strokes) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Points in the middle of a square of `SIDE`, all characters of one size; what is no point is left out."""
    kept = [stroke for each in strokes[:_MOST] if (stroke := _thinned(_points(each)))]
    xs, ys = [x for stroke in kept for x, _ in stroke], [y for stroke in kept for _, y in stroke]
    if not kept:
        return ()
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    scale = (SIDE - 2 * _MARGIN) / (max(across, down) or 1)
    left, top = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return tuple(tuple((round(SIDE / 2 + (x - left) * scale), round(SIDE / 2 + (y - top) * scale)) for x, y in stroke) for stroke in kept)


def _points(stroke: Sequence[float]) -> list[tuple[float, float]]:
    pairs = zip(stroke[::2], stroke[1::2], strict=False)
    return [(x, y) for x, y in pairs if math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) < _FARTHEST]


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most so many, the first and the last among them."""
    if len(points) <= _POINTS:
        return points
    step = (len(points) - 1) / (_POINTS - 1)
    return [points[round(number * step)] for number in range(_POINTS)]
