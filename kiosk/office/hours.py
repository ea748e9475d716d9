"""Opening hours by the hall's own clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from kiosk.backend.messages import OpenBand
from kiosk.office.workdays import WorkCalendar

LOCAL = timezone(timedelta(hours=8), "Asia/Shanghai")  # all of China; no summer time since 1991, so no time zone data is needed


def local(moment: datetime) -> datetime:
    """The moment by the hall's clock; ValueError for a time without offset."""
    if moment.tzinfo is None:
        raise ValueError("the office's clock must say its offset")
    return moment.astimezone(LOCAL)


def is_open(bands: Iterable[OpenBand], moment: datetime, calendar: WorkCalendar) -> bool:
    """Whether `moment` lies in one of the bands; the closing minute itself does not."""
    here = local(moment)
    weekday, minute = calendar.timetable(here.date()), f"{here:%H:%M}"
    return any(weekday in band.weekdays and band.opens <= minute < band.closes for band in bands)
