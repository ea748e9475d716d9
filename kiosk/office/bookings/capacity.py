"""The slots of a day and how many each takes: windows open in it times its length, by what one citizen takes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from kiosk.backend.messages import OpenBand
from kiosk.office.bookings.rules import PUBLIC_PERCENT, SLOT_MINUTES
from kiosk.office.hours import LOCAL

_LEAST_MINUTES = 1  # a measured average may come out as next to nothing
_FINEST = 1000
_Span = tuple[int, int]  # minutes after midnight


@dataclass(frozen=True, slots=True)
class Window:
    """A window's bands, and the share of its time that is this service's: one half where it serves two."""

    bands: tuple[OpenBand, ...]
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a citizen takes (`minutes`), in what slots they come, and how many of a hundred places are for booking."""

    minutes: float
    slot_minutes: int = SLOT_MINUTES
    public_percent: int = PUBLIC_PERCENT


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """A slot that takes `total` people, `public` of them by booking themselves; moments by the hall's clock."""

    start: datetime
    end: datetime
    total: int
    public: int

    def places(self, *, reserved: bool) -> int:
        """How many people can have it from the public places, or from those that staff give."""
        return self.total - self.public if reserved else self.public


def slots_of_day(windows: Sequence[Window], day: date, weekday: int | None, load: Load) -> tuple[PlannedSlot, ...]:
    """The slots with at least one place to book, in order. `weekday` is the one whose bands hold that day, None on a holiday.

    A slot lies wholly within the bands of the windows it counts; bands that touch are one. A band over midnight is none.
    """
    if weekday is None:
        return ()
    staffed = [(window.share, _merged(_spans(window.bands, weekday))) for window in windows]
    length = _slot_length(load)
    slots = []
    for start in _grid(_merged(span for _, spans in staffed for span in spans), length):
        manned = sum((share for share, spans in staffed if _covered(start, start + length, spans)), Fraction())
        total = int(manned * length / Fraction(max(load.minutes, _LEAST_MINUTES)).limit_denominator(_FINEST))
        if total:
            slots.append(_slot(day, start, length, total, load.public_percent))
    return tuple(slot for slot in slots if slot.public)


def _slot(day: date, start: int, length: int, total: int, percent: int) -> PlannedSlot:
    midnight = datetime.combine(day, time(), LOCAL)
    public = max(total * percent // 100, 1 if percent else 0)
    return PlannedSlot(
        start=midnight + timedelta(minutes=start),
        end=midnight + timedelta(minutes=start + length),
        total=total,
        public=public,
    )


def _slot_length(load: Load) -> int:
    """The slot's length, as often as it takes for one citizen to fit in."""
    times = -(-max(load.minutes, _LEAST_MINUTES) // load.slot_minutes)
    return load.slot_minutes * int(times)


def _spans(bands: Iterable[OpenBand], weekday: int) -> Iterator[_Span]:
    for band in bands:
        opens, closes = _minute(band.opens), _minute(band.closes)
        if weekday in band.weekdays and opens < closes:
            yield opens, closes


def _minute(clock: str) -> int:
    """Minutes after midnight of "09:00"; "24:00" is the day's end."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _merged(spans: Iterable[_Span]) -> tuple[_Span, ...]:
    """Spans that overlap or touch as one."""
    whole: list[_Span] = []
    for opens, closes in sorted(spans):
        if whole and opens <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(whole[-1][1], closes)
        else:
            whole.append((opens, closes))
    return tuple(whole)


def _grid(spans: Sequence[_Span], length: int) -> Iterator[int]:
    for opens, closes in spans:
        yield from range(opens, closes - length + 1, length)


def _covered(start: int, end: int, spans: Sequence[_Span]) -> bool:
    return any(opens <= start and end <= closes for opens, closes in spans)
