"""Ratings in figures, by service and level."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from kiosk.office.tables import ratings

LEVELS = (1, 2, 3, 4, 5)
_GOOD = 3  # 基本满意 and better count as satisfied


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRatings:
    """How a service was rated: how many at each level (1..5), on average, and the share (0..1) of those who were satisfied at least."""

    service: str
    levels: Mapping[int, int]
    total: int
    average: float
    satisfied: float


def by_service(connection: Connection, hall: str, since: date, until: date) -> tuple[ServiceRatings, ...]:
    """The services of a hall that were rated from `since` to `until` inclusive, in the order of their names."""
    query = (
        select(ratings.c.service, ratings.c.level, func.count())
        .where(ratings.c.hall == hall, ratings.c.day.between(since, until))
        .group_by(ratings.c.service, ratings.c.level)
    )
    counts: dict[str, dict[int, int]] = {}
    for service, level, count in connection.execute(query):
        counts.setdefault(service, dict.fromkeys(LEVELS, 0))[level] = count
    return tuple(_figures(service, counts[service]) for service in sorted(counts))


def _figures(service: str, levels: Mapping[int, int]) -> ServiceRatings:
    total = sum(levels.values())
    return ServiceRatings(
        service=service,
        levels=levels,
        total=total,
        average=round(sum(level * count for level, count in levels.items()) / total, 2),
        satisfied=round(sum(count for level, count in levels.items() if level >= _GOOD) / total, 4),
    )
