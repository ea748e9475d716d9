"""Whether a place is open, until when, and when it opens next: reckoned from its weekly bands and the clock, by the minute."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.backend.messages import OpenBand
from kiosk.screens import Row, Tone
from kiosk.screens.reading import Section
from kiosk.texts import Label, text

_ALL_DAY = ("00:00", "24:00")
_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How it is at a moment. `closes` and `opens` are as "17:00"; `opens` is `days` from today, "" where it opens on no day.

    `noon`: fewer windows serve now. Bands that touch each other count as one.
    """

    open: bool = False
    noon: bool = False
    closes: str = ""
    opens: str = ""
    days: int = 0


def opening(bands: Iterable[OpenBand], moment: datetime) -> Opening:
    """How a place with these bands is at `moment`, which is by its own clock. The closing minute is closed."""
    every, minute = tuple(bands), f"{moment:%H:%M}"
    now = next((band for band in today(every, moment) if band.opens <= minute < band.closes), None)
    if now is not None:
        return Opening(open=True, noon=now.noon, closes=_end(today(every, moment), now.closes))
    for days in range(_A_WEEK + 1):
        later = (band.opens for band in today(every, moment + timedelta(days=days)) if days or band.opens > minute)
        if opens := min(later, default=""):
            return Opening(opens=opens, days=days)
    return Opening()


def today(bands: Iterable[OpenBand], moment: datetime) -> tuple[OpenBand, ...]:
    """The bands of this weekday, the earliest first."""
    return tuple(sorted((band for band in bands if moment.isoweekday() in band.weekdays), key=lambda band: band.opens))


def _end(bands: tuple[OpenBand, ...], closes: str) -> str:
    """The end of what begins before or when the band that ends at `closes` does."""
    for band in bands:
        if band.opens <= closes < band.closes:
            closes = band.closes
    return closes


def state(bands: Iterable[OpenBand], moment: datetime, *, brief: bool = False) -> Label:
    """In a few words: open until, or when it opens next; `brief` leaves noon out."""
    every = tuple(bands)
    now = opening(every, moment)
    if not every or not (now.open or now.opens):
        return text("hours-unknown")
    if now.open:
        return _open(now, brief=brief, all_day=any((band.opens, band.closes) == _ALL_DAY for band in today(every, moment)))
    match now.days:
        case 0:
            return text("hours-opens-today", at=now.opens)
        case 1:
            return text("hours-opens-tomorrow", at=now.opens)
        case days:
            return text("hours-opens-on", day=weekday(moment + timedelta(days=days)), at=now.opens)


def _open(now: Opening, *, brief: bool, all_day: bool) -> Label:
    if all_day:
        return text("hours-day-and-night")
    return text("hours-open-noon" if now.noon and not brief else "hours-open", until=now.closes)


def tone(bands: Iterable[OpenBand], moment: datetime) -> Tone:
    """Mood of the state."""
    return Tone.DONE if opening(bands, moment).open else Tone.WAIT


def weekday(moment: datetime) -> Label:
    """Its name."""
    return text(f"hours-weekday-{moment.isoweekday()}")


def section(bands: Iterable[OpenBand], moment: datetime, hours: Label, weekend: Label | None) -> Section:
    """Today's bands, then the week in words; holidays are not in the bands, so it says where they are told."""
    rows = (*(_band(band) for band in today(bands, moment)),) or (Row(label=text("hours-today"), value=text("hours-closed")),)
    week = Row(label=text("hours-week"), value=hours)
    days_off = Row(label=text("hours-weekend"), value=weekend or text("hours-closed"))
    return Section(heading=text("hours-heading", day=weekday(moment)), rows=(*rows, week, days_off), lines=(text("hours-holidays"),))


def _band(band: OpenBand) -> Row:
    return Row(label=text("hours-noon" if band.noon else "hours-today"), value=f"{band.opens}–{band.closes}")
