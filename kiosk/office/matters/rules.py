"""Rules of matters: the letters of their numbers, the working days for an answer, which act leads from which state to which."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from kiosk.backend.messages.matters import MatterKind, MatterState
from kiosk.office.database import Database, upsert
from kiosk.office.office import calendar
from kiosk.office.tables import matter_days

PREFIX: Mapping[MatterKind, str] = {MatterKind.QUESTION: "ZX", MatterKind.ORDER: "GD", MatterKind.COMPLAINT: "TS"}
USUAL_DAYS: Mapping[MatterKind, int] = {MatterKind.QUESTION: 3, MatterKind.ORDER: 5, MatterKind.COMPLAINT: 5}
MOST_DAYS = 250
ANSWERED = {MatterState.ANSWERED, MatterState.CLOSED}
ASSIGNABLE = {MatterState.RECEIVED, MatterState.ASSIGNED, MatterState.HANDLING}
TAKEABLE = {MatterState.ASSIGNED, MatterState.HANDLING}


def due_day(connection: Connection, kind: MatterKind, today: date) -> date:
    """The last day for an answer to what is filed today; today itself does not count."""
    return calendar(connection).shift(today, days_for(connection, kind))


def days_for(connection: Connection, kind: MatterKind) -> int:
    """How many working days an answer may take."""
    own = connection.execute(select(matter_days.c.days).where(matter_days.c.kind == kind)).scalar_one_or_none()
    return USUAL_DAYS[kind] if own is None else own


def set_days(database: Database, kind: MatterKind, days: int) -> None:
    """Have answers to this kind due within so many working days (1..250) from now on. ValueError for another number."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"an answer may take 1 to {MOST_DAYS} working days")
    with database.write() as connection:
        row = upsert(connection, matter_days).values(kind=kind, days=days)
        connection.execute(row.on_conflict_do_update(index_elements=["kind"], set_={"days": days}))


def is_late(due: date, answered: date | None, today: date) -> bool:
    """Whether the answer was late, or is by now."""
    return (answered or today) > due
