"""The turn of the day: what was left of yesterday ends, windows nobody closed are closed, numbers begin again by themselves.

Nothing runs at midnight. Whoever comes to a hall's queue first on another day does it; until then yesterday's tickets are out of sight
anyhow, as every look at the queue is at one day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, bindparam, select, update

from kiosk.backend.messages import TicketState
from kiosk.office.database import steadfast, upsert
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.queue.periods import LIVE, move_all
from kiosk.office.queue.staffing import log_staff
from kiosk.office.tables import counters, queue_days, tickets

_SEEN = select(queue_days.c.day).where(queue_days.c.hall == bindparam("hall"))


@contextmanager
def changing(office: Office, hall: str) -> Iterator[Connection]:
    """A write transaction on the hall's queue as it is today; who watches the hall is told when it is committed."""
    done = False
    while not done:
        with office.database.write() as connection:
            if _seen(connection, hall) == office.today():
                yield connection
                done = True
        if not done:
            _turn(office, hall)
    office.live.changed(hall)


@contextmanager
def looking(office: Office, hall: str) -> Iterator[Connection]:
    """A read transaction on the hall's queue as it is today."""
    done = False
    while not done:
        with office.database.read() as connection:
            if _seen(connection, hall) == office.today():
                yield connection
                done = True
        if not done:
            _turn(office, hall)
            office.live.changed(hall)


@steadfast
def _turn(office: Office, hall: str) -> None:
    """Clear the hall's queue of other days' tickets; a transaction of its own, as everybody waits for it who comes in the morning."""
    with office.database.write() as connection:
        seen, now = _seen(connection, hall), office.now()
        if not _claim(connection, hall, seen, now.date()):
            return  # another transaction has done it meanwhile
        if seen is not None and seen > now.date():
            _bring_back(connection, hall, now)
        else:
            _close_windows(connection, hall, now)
            _end_old_tickets(connection, hall, now.date())


def _claim(connection: Connection, hall: str, seen: date | None, today: date) -> bool:
    """Whether it is this transaction's to turn the day."""
    if seen is None:
        first = upsert(connection, queue_days).values(hall=hall, day=today).on_conflict_do_nothing()
        return connection.execute(first.returning(queue_days.c.day)).one_or_none() is not None
    this = update(queue_days).where(queue_days.c.hall == hall, queue_days.c.day == seen)
    return seen != today and connection.execute(this.values(day=today)).rowcount == 1


def _seen(connection: Connection, hall: str) -> date | None:
    return connection.execute(_SEEN, {"hall": hall}).scalar_one_or_none()


def _close_windows(connection: Connection, hall: str, now: datetime) -> None:
    """Those a clerk has left without signing out; a window without clerks goes by its timetable."""
    query = select(counters).where(counters.c.hall == hall).order_by(counters.c.code).with_for_update()
    for row in connection.execute(query).all():
        if row.clerk is not None:
            this = (counters.c.hall == hall, counters.c.code == row.code)
            connection.execute(update(counters).where(*this).values(switched_on=False, clerk=None, break_until=None, break_words=None))
            log_staff(connection, row, now, "midnight")


def _end_old_tickets(connection: Connection, hall: str, today: date) -> None:
    """Who was called and did not come has left; how the others ended, nobody has said."""
    old = (tickets.c.hall == hall, tickets.c.day < today, tickets.c.state.in_(LIVE))
    days: dict[tuple[date, bool], list[str]] = {}
    query = select(tickets.c.id, tickets.c.day, tickets.c.state).where(*old).order_by(tickets.c.id)
    for row in connection.execute(query.with_for_update()):
        days.setdefault((row.day, row.state == TicketState.MISSED), []).append(row.id)
    for (day, missed), ids in days.items():
        midnight = datetime.combine(day + timedelta(days=1), time(), LOCAL)
        move_all(connection, ids, TicketState.LEFT if missed else TicketState.EXPIRED, midnight)


def _bring_back(connection: Connection, hall: str, now: datetime) -> None:
    """The clock had run ahead into another day: who waits on this one has lost nothing."""
    ended = (tickets.c.hall == hall, tickets.c.day == now.date(), tickets.c.state == TicketState.EXPIRED)
    move_all(connection, connection.execute(select(tickets.c.id).where(*ended).with_for_update()).scalars(), TicketState.WAITING, now)
