"""What the holder of a case can do about it now."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages import CaseAct, CaseState
from kiosk.backend.messages.ratings import Served
from kiosk.office.office import Office
from kiosk.office.ratings.subjects import is_rated
from kiosk.office.tables import case_results, urges

_DECIDED = {CaseState.APPROVED, CaseState.REJECTED}


def acts(connection: Connection, office: Office, row: Row[Any], state: CaseState, token: str) -> tuple[CaseAct, ...]:
    """What is open for the case of this row, which `token` opens and which stands as `state` says."""
    return tuple(_acts(connection, office, row, state, token))


def open_urge(connection: Connection, case: str) -> bool:
    """Whether a reminder of the case waits for its answer."""
    query = select(urges.c.number).where(urges.c.case == case, urges.c.answered.is_(None))
    return connection.execute(query).first() is not None


def _acts(connection: Connection, office: Office, row: Row[Any], state: CaseState, token: str) -> Iterator[CaseAct]:
    if connection.execute(select(case_results.c.case).where(case_results.c.case == row.number)).first() is not None:
        yield CaseAct.RESULT
    if state is CaseState.OVERDUE and not open_urge(connection, row.number):
        yield CaseAct.URGE
    if state in _DECIDED and not is_rated(connection, office, Served.CASE, token):
        yield CaseAct.RATE
    if state is not CaseState.WITHDRAWN and row.sent is None:
        yield CaseAct.DELIVERY
