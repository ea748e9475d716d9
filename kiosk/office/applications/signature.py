"""Signatures: strokes on a field of 1000 by 400, as an SVG path of whole numbers."""

import re
from collections.abc import Iterable

WIDTH, HEIGHT = 1000, 400
LONGEST = 20_000  # characters of a path
_SMALLEST = 40  # a lesser span, in either direction, is a touch and no writing
_XY = r" (?:0|[1-9][0-9]{0,3}) (?:0|[1-9][0-9]{0,2})"
_PATH = re.compile(rf"M{_XY}(?: [ML]{_XY})*")
_POINTS = re.compile(r"([ML]) ([0-9]+) ([0-9]+)")

Stroke = tuple[tuple[int, int], ...]


def strokes(path: str) -> tuple[Stroke, ...]:
    """The strokes of a path `M x y L x y …`, points in their order. ValueError for anything else, and for what nobody wrote."""
    if len(path) > LONGEST or not _PATH.fullmatch(path):
        raise ValueError("not a signature's path")
    drawn: list[list[tuple[int, int]]] = []
    for letter, x, y in _POINTS.findall(path):
        if letter == "M":
            drawn.append([])
        drawn[-1].append((int(x), int(y)))
    points = [point for stroke in drawn for point in stroke]
    if any(x > WIDTH or y > HEIGHT for x, y in points):
        raise ValueError("a signature beyond its field")
    if max(_span(x for x, _ in points), _span(y for _, y in points)) < _SMALLEST:
        raise ValueError("nothing written")
    return tuple(map(tuple, drawn))


def _span(values: Iterable[int]) -> int:
    every = sorted(values)
    return every[-1] - every[0]
