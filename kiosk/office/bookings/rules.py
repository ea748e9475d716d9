"""The rules of booking, as halls in China and elsewhere have them."""

from datetime import date, datetime, timedelta

from kiosk.office.workdays import WorkCalendar

HORIZON = 5  # working days after today; never today itself
HOLD = timedelta(minutes=15)
PAUSE = timedelta(minutes=15)  # in which a slot that was given up is nobody's, so that none is passed on to a friend
CHANGE_UNTIL = timedelta(hours=2)  # before the start
CHECK_IN_EARLY = timedelta(minutes=60)
CHECK_IN_LATE = timedelta(minutes=20)
SLOT_MINUTES = 30
PUBLIC_PERCENT = 70  # of what the windows can take; the rest is for people without a booking and what the hall's staff arrange

NO_SHOWS = 3
NO_SHOWS_WITHIN = timedelta(days=30)
NO_SHOW_BAR = timedelta(days=7)
KEPT = timedelta(days=60)  # after its day a booking is forgotten; longer than any rule looks back


def last_day(today: date, days: WorkCalendar) -> date:
    """The last day one can book for."""
    return days.shift(today, HORIZON)


def check_in_window(start: datetime) -> tuple[datetime, datetime]:
    """From when to when a booking becomes a ticket: on its own day only, for numbers begin anew at midnight."""
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    last = midnight + timedelta(days=1, seconds=-1)
    return max(start - CHECK_IN_EARLY, midnight), min(start + CHECK_IN_LATE, last)


def reminder_time(start: datetime) -> datetime:
    """When a reminder goes out: late in the afternoon of the day before."""
    return (start - timedelta(days=1)).replace(hour=17, minute=0, second=0, microsecond=0)


def barred_until(missed: list[datetime]) -> datetime | None:
    """Until when somebody who missed these times may book nothing; None where there were too few of them within a month."""
    times = sorted(missed)
    bars = (last + NO_SHOW_BAR for first, last in zip(times, times[NO_SHOWS - 1 :], strict=False) if last - first <= NO_SHOWS_WITHIN)
    return max(bars, default=None)
