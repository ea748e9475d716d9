"""What was promised with an application and comes in later: the case does not ask for it any more."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.office.applications.opening import next_step
from kiosk.office.cases import CLOSED
from kiosk.office.reviews.promises import Promised
from kiosk.office.tables import cases


def held_case(connection: Connection, number: str) -> Row[Any] | None:
    """The open case with this number, held; None where it is closed, or the number is that of a pre-review."""
    row = connection.execute(select(cases).where(cases.c.number == number).with_for_update()).one_or_none()
    return None if row is None or row.state in CLOSED else row


def came_in(connection: Connection, case: Row[Any], material: Promised, awaited: tuple[Promised, ...]) -> None:
    """The material of a held case has come in; `awaited` are the ones still to come. What a department has said stays."""
    changes: dict[str, Any] = {"missing": [one for one in case.missing if one != material.name]}
    due = [one.due for one in awaited]
    if case.next_step == next_step([material.due, *due]):
        changes["next_step"] = next_step(due)
    connection.execute(update(cases).where(cases.c.number == case.number).values(**changes))
