"""Matters as rows: found by what opens them, read as their holder sees them, moved on from state to state."""

import hmac
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, update

from kiosk.backend.messages import Words
from kiosk.backend.messages.matters import Matter, MatterKind, MatterStage, MatterState
from kiosk.backend.messages.ratings import Served
from kiosk.office.hours import LOCAL
from kiosk.office.matters.rules import ANSWERED, is_late
from kiosk.office.office import Office
from kiosk.office.ratings.subjects import is_rated
from kiosk.office.tables import matter_stages, matters
from kiosk.office.tokens import token

CODE_DIGITS = 6


def find(connection: Connection, *conditions: ColumnElement[bool], hold: bool = False) -> Row[Any] | None:
    """The matter; None where there is none. `hold` makes others wait for it until the transaction ends."""
    query = select(matters).where(*conditions)
    return connection.execute(query.with_for_update() if hold else query).one_or_none()


def stages(connection: Connection, number: str) -> tuple[MatterStage, ...]:
    """The states it has reached, the first one first."""
    query = select(matter_stages).where(matter_stages.c.matter == number).order_by(matter_stages.c.position)
    return tuple(MatterStage(state=MatterState(row.state), at=row.at.astimezone(LOCAL), by=row.by) for row in connection.execute(query))


def move(connection: Connection, office: Office, number: str, state: MatterState, by: Words | None, **changed: object) -> None:
    """Bring a matter that is held to a state and log it; `by` is who does it as citizens may know, `changed` other columns."""
    count = select(func.count()).where(matter_stages.c.matter == number)
    position = connection.execute(count).scalar_one()
    stage = {"matter": number, "position": position, "state": state, "at": office.now(), "by": by, "clerk": changed.get("clerk")}
    connection.execute(matter_stages.insert().values(**stage))
    connection.execute(update(matters).where(matters.c.number == number).values(state=state, **changed))


def matter_of(connection: Connection, office: Office, row: Row[Any]) -> Matter:
    """The matter as its holder sees it."""
    opened, state = token_of(office, row.number), MatterState(row.state)
    return Matter(
        number=row.number,
        code=code_of(office, row.number),
        kind=MatterKind(row.kind),
        about=row.about_name,
        text=row.text,
        state=state,
        stages=stages(connection, row.number),
        due=row.due,
        answer=row.answer,
        late=is_late(row.due, row.answered, office.today()),
        token=opened,
        can_rate=state in ANSWERED and not is_rated(connection, office, Served.MATTER, opened),
    )


def token_of(office: Office, number: str) -> str:
    """The token in the QR code of its paper."""
    return token(office.secret, "matter", number)


def code_of(office: Office, number: str) -> str:
    """The six digits that open it together with its number."""
    digest = hmac.digest(office.secret, f"matter-code:{number}".encode(), "sha256")
    return f"{int.from_bytes(digest) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
