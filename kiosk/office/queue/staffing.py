"""Which windows are open now, and for which services.

A window is open when it is switched on, on no break, and somebody sits there: a clerk who has signed in, at whatever hour, or by
the timetable the hall's staff.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from kiosk.office.hours import is_open
from kiosk.office.tables import counter_services, counters, staff_log, workdays
from kiosk.office.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Staffing:
    """How a service is staffed: `in_hours` if any of its windows has a band now, and how many are open."""

    in_hours: bool
    open_counters: int


UNSTAFFED = Staffing(in_hours=False, open_counters=0)

_COUNTERS = select(counters).where(counters.c.hall == bindparam("hall"))
_DAY = select(workdays.c.day, workdays.c.works).where(workdays.c.day == bindparam("day"))
_SERVING = (
    select(counters)
    .join(counter_services, (counter_services.c.hall == counters.c.hall) & (counter_services.c.counter == counters.c.code))
    .where(counter_services.c.hall == bindparam("hall"), counter_services.c.service == bindparam("service"))
)
_SERVED = select(counter_services.c.service, counter_services.c.counter).where(counter_services.c.hall == bindparam("hall"))


class WindowState(StrEnum):
    """Whether a window calls tickets."""

    OPEN = "open"
    CLOSED = "closed"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Window:
    """A window as it stands now; `row` is that of `counters`."""

    code: str
    in_hours: bool
    state: WindowState
    row: Row[Any]

    @property
    def open(self) -> bool:
        """Whether it calls tickets."""
        return self.state is WindowState.OPEN


def day_calendar(connection: Connection, now: datetime) -> WorkCalendar:
    """The working-day calendar as far as this one day."""
    return WorkCalendar(dict(connection.execute(_DAY, {"day": now.date()}).all()))


def windows(connection: Connection, hall: str, now: datetime) -> tuple[Window, ...]:
    """The hall's windows, in the order of their numbers."""
    days = day_calendar(connection, now)
    found = (_window(row, now, days) for row in connection.execute(_COUNTERS, {"hall": hall}))
    return tuple(sorted(found, key=lambda window: (len(window.code), window.code)))


def staffing(connection: Connection, hall: str, standing: Iterable[Window]) -> Mapping[str, Staffing]:
    """How each service of the hall is staffed, whose windows these are; services without any window are left out."""
    by_code = {window.code: window for window in standing}
    serving: dict[str, list[Window]] = {}
    for service, counter in connection.execute(_SERVED, {"hall": hall}):
        serving.setdefault(service, []).append(by_code[counter])
    return {service: _staffing(those) for service, those in serving.items()}


def service_staffing(connection: Connection, hall: str, service: str, now: datetime) -> Staffing:
    """How one service is staffed."""
    days = day_calendar(connection, now)
    return _staffing([_window(row, now, days) for row in connection.execute(_SERVING, {"hall": hall, "service": service})])


def log_staff(connection: Connection, row: Row[Any], now: datetime, change: str, until: datetime | None = None) -> None:
    """Note that the window opened, closed or went on a break, with how many of its hall's are open after it."""
    still_open = sum(window.open for window in windows(connection, row.hall, now))
    values = {"hall": row.hall, "counter": row.code, "clerk": row.clerk, "at": now, "change": change, "until": until}
    connection.execute(staff_log.insert().values(**values, open_counters=still_open))


def _window(row: Row[Any], now: datetime, days: WorkCalendar) -> Window:
    in_hours = is_open(row.bands, now, days)
    if not (row.switched_on and (in_hours or row.clerk is not None)):
        return Window(row.code, in_hours, WindowState.CLOSED, row)
    paused = row.break_until is not None and row.break_until > now
    return Window(row.code, in_hours, WindowState.BREAK if paused else WindowState.OPEN, row)


def _staffing(those: Collection[Window]) -> Staffing:
    return Staffing(in_hours=any(one.in_hours for one in those), open_counters=sum(one.open for one in those))
