"""Matters as staff see them: words and dates for all of the hall, name and phone only for the clerk who has taken it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from kiosk.backend.messages import Words
from kiosk.backend.messages.matters import MatterKind, MatterStage, MatterState
from kiosk.office.hours import LOCAL
from kiosk.office.matters.records import stages
from kiosk.office.matters.rules import is_late
from kiosk.office.office import Office
from kiosk.office.queue.clerks import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMatter:
    """A matter at a desk. `follow_up`: of a bad rating, whose author is unknown. `case` is the number of the case it is about."""

    number: str
    kind: MatterKind
    about: Words | None
    text: str = field(repr=False)
    state: MatterState
    stages: tuple[MatterStage, ...]
    filed: datetime
    due: date
    late: bool
    department: str
    mine: bool
    follow_up: bool
    case: str | None
    answer: str = field(repr=False)
    name: str | None = field(repr=False)
    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """Matters, the most urgent first; `next` is the number after which to go on, None at the end."""

    matters: tuple[StaffMatter, ...]
    next: str | None


def seen_by(connection: Connection, office: Office, seat: Seat, row: Row[Any]) -> StaffMatter:
    """The matter as the clerk may see it."""
    mine = row.clerk == seat.clerk and row.state != MatterState.CLOSED
    return StaffMatter(
        number=row.number,
        kind=MatterKind(row.kind),
        about=row.about_name,
        text=row.text,
        state=MatterState(row.state),
        stages=stages(connection, row.number),
        filed=row.filed.astimezone(LOCAL),
        due=row.due,
        late=is_late(row.due, row.answered, office.today()),
        department=row.department,
        mine=mine,
        follow_up=row.rating is not None,
        case=row.case,
        answer=row.answer,
        name=row.name if mine else None,
        phone=row.phone if mine else "",
    )
