"""Figures and how they are printed."""

import math
import statistics
import sys
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 % of the values do not exceed."""
    return _of_a_hundred(95, values)


def p99(values: Sequence[float]) -> float:
    """The smallest value that 99 % of the values do not exceed."""
    return _of_a_hundred(99, values)


def _of_a_hundred(percent: int, values: Sequence[float]) -> float:
    return sorted(values)[math.ceil(percent * len(values) / 100) - 1]


def spread(values: Sequence[float], unit: str = "ms") -> list[str]:
    """Median, p99, and least to most."""
    return [f"{median(values):.1f} {unit}", f"{p99(values):.1f} {unit}", f"{min(values):.1f}–{max(values):.1f}", str(len(values))]


SPREAD = ["median", "p99", "least–most", "n"]


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is aligned left, the others right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    say(f"\n== {title}")
    for row in (head, *rows):
        cells = [cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths, strict=True))]
        say("  ".join(cells).rstrip())


def say(text: str) -> None:
    """Print at once: a run takes minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
