"""How long a case may take: statutory and promised time in working days, with the clock standing still while suspended.

The day of acceptance does not count. A suspension's days count from `since` to `until` inclusive; days in two suspensions
(parallel lanes) are left out once. One that goes on is reckoned as if it ended today, so the dates move with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.backend.messages import Deadline, Suspension, Words
from kiosk.office.workdays import WorkCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A suspension as it is stored; `until` None: it goes on."""

    reason: Words
    since: date
    until: date | None = None

    def covers(self, day: date, today: date) -> bool:
        """Whether the clock stands still on `day`."""
        return self.since <= day <= (self.until or today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Time a case may take, in working days."""

    accepted: date
    statutory_days: int
    promised_days: int
    pauses: Sequence[Pause] = ()


def deadline(promise: Promise, today: date, calendar: WorkCalendar) -> Deadline:
    """The deadline as it stands at the end of `today`, or of the day the case was closed."""
    used = _counted_days(promise, today, calendar)
    return Deadline(
        statutory_days=promise.statutory_days,
        statutory_date=_due(promise, promise.statutory_days, today, calendar),
        promised_days=promise.promised_days,
        promised_date=_due(promise, promise.promised_days, today, calendar),
        used_days=used,
        left_days=promise.promised_days - used,
        suspensions=tuple(_suspension(pause, today, calendar) for pause in promise.pauses),
    )


def _counts(promise: Promise, day: date, today: date, calendar: WorkCalendar) -> bool:
    return calendar.works(day) and not any(pause.covers(day, today) for pause in promise.pauses)


def _counted_days(promise: Promise, today: date, calendar: WorkCalendar) -> int:
    days = (promise.accepted + n * _DAY for n in range(1, (today - promise.accepted).days + 1))
    return sum(_counts(promise, day, today, calendar) for day in days)


def _due(promise: Promise, days: int, today: date, calendar: WorkCalendar) -> date:
    day = promise.accepted
    while days:
        day += _DAY
        days -= _counts(promise, day, today, calendar)
    return day


def _suspension(pause: Pause, today: date, calendar: WorkCalendar) -> Suspension:
    last = min(pause.until or today, today)
    days = (pause.since + n * _DAY for n in range((last - pause.since).days + 1))
    return Suspension(reason=pause.reason, since=pause.since, until=pause.until, working_days=sum(map(calendar.works, days)))
