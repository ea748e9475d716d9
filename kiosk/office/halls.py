"""Halls, the services of their queues and the counters that serve them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from kiosk.backend.messages import Hall, Queue
from kiosk.office.hours import is_open, local
from kiosk.office.office import Office, calendar
from kiosk.office.tables import counter_services, counters, halls, services, tickets
from kiosk.office.waits import wait_range
from kiosk.office.workdays import WorkCalendar

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Staffing:
    """How a service is staffed: `in_hours` if any counter has a band now, `open_counters` of them are switched on."""

    in_hours: bool
    open_counters: int


_UNSTAFFED = Staffing(in_hours=False, open_counters=0)


def get_hall(office: Office, code: str) -> Hall:
    """The hall as its terminals present it."""
    with office.database.read() as connection:
        row = connection.execute(select(halls).where(halls.c.code == code)).one()
        days = calendar(connection)
    return Hall(
        code=row.code,
        name=row.name,
        address=row.address,
        phone=row.phone,
        bands=row.bands,
        hours=row.hours,
        notices=tuple(row.notices),
        open_now=is_open(row.bands, office.now(), days),
        privacy=row.privacy,
    )


def list_queues(office: Office, hall: str) -> tuple[Queue, ...]:
    """The hall's services in their order, each with how many wait and how long."""
    now = office.now()
    with office.database.read() as connection:
        rows = connection.execute(select(services).where(services.c.hall == hall).order_by(services.c.position)).all()
        waiting = _waiting(connection, hall, now)
        staffed = _staffing(connection, hall, now, calendar(connection))
    return tuple(_queue(row, waiting.get(row.prefix, 0), staffed.get(row.code, _UNSTAFFED)) for row in rows)


def staffing(connection: Connection, hall: str, service: str, now: datetime) -> Staffing:
    """How one service is staffed."""
    return _staffing(connection, hall, now, calendar(connection)).get(service, _UNSTAFFED)


def people_waiting(connection: Connection, hall: str, prefix: str, now: datetime) -> int:
    """How many wait today in the group of services with this prefix."""
    return _waiting(connection, hall, now).get(prefix, 0)


def _queue(row: Row[tuple[object, ...]], ahead: int, staffed: Staffing) -> Queue:
    return Queue(
        code=row.code,
        name=row.name,
        about=row.about,
        prefix=row.prefix,
        where=row.place,
        ahead=ahead,
        wait=wait_range(ahead, staffed.open_counters, row.minutes, row.samples),
        open_counters=staffed.open_counters,
    )


def _waiting(connection: Connection, hall: str, now: datetime) -> Mapping[str, int]:
    query = (
        select(tickets.c.prefix, func.count())
        .where(tickets.c.hall == hall, tickets.c.day == local(now).date(), tickets.c.state == WAITING)
        .group_by(tickets.c.prefix)
    )
    return dict(connection.execute(query).all())


def _staffing(connection: Connection, hall: str, now: datetime, days: WorkCalendar) -> Mapping[str, Staffing]:
    query = (
        select(counter_services.c.service, counters.c.bands, counters.c.switched_on)
        .join(counters, (counters.c.hall == counter_services.c.hall) & (counters.c.code == counter_services.c.counter))
        .where(counters.c.hall == hall)
    )
    manned: dict[str, int] = {}
    for service, bands, switched_on in connection.execute(query):
        if is_open(bands, now, days):
            manned[service] = manned.get(service, 0) + switched_on
    return {service: Staffing(in_hours=True, open_counters=count) for service, count in manned.items()}
