"""To ask, to report, to complain: filed once for each nonce, under a number that tells kind and day."""

from datetime import datetime, time
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages import Words
from kiosk.backend.messages.matters import FileMatter, Matter, MatterKind, MatterState
from kiosk.errors import Refusal
from kiosk.office import catalogue
from kiosk.office.access import Terminal
from kiosk.office.database import steadfast
from kiosk.office.hours import LOCAL
from kiosk.office.locks import lock
from kiosk.office.matters.records import find, matter_of, token_of
from kiosk.office.matters.rules import PREFIX, due_day
from kiosk.office.office import Office
from kiosk.office.paper_numbers import next_number
from kiosk.office.people import person_key
from kiosk.office.problems import ProblemError
from kiosk.office.proofs import request_proof
from kiosk.office.tables import cases, halls, matter_stages, matters
from kiosk.office.tokens import fingerprint

_NOBODY: dict[str, Any] = {"person": None, "name": None, "agent": None, "agent_name": None}


@steadfast
def file_matter(office: Office, terminal: Terminal, request: FileMatter) -> tuple[Matter, bool]:
    """The matter of this nonce, and whether it was filed just now.

    ProblemError `nonce_reused`, `stale_catalogue` where nothing published has the code it is about, `not_found` for an unknown case.
    """
    proof = request_proof(office, terminal, request)
    with office.database.write() as connection:
        lock(connection, f"matter:{request.nonce}")
        row = find(connection, matters.c.nonce == request.nonce)
        if row is not None and row.request_hash != proof:
            raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
        new = row is None
        if row is None:
            row = _file(connection, office, terminal, request, proof)
        return matter_of(connection, office, row), new


def file_follow_up(connection: Connection, office: Office, rating: Row[Any], about: Words, text: str) -> None:
    """A task for staff about a bad rating, of which only the day is known: nobody can tell by it who rated."""
    filed = datetime.combine(rating.day, time.min, LOCAL)
    row = {
        "nonce": f"rating:{rating.number}",
        "request_hash": rating.request_hash,
        "hall": rating.hall,
        "kind": MatterKind.COMPLAINT,
        "about": "rating",
        "about_name": dict(about),
        "text": text,
        "language": "zh-CN",
        "phone": "",
        "rating": rating.number,
        **_NOBODY,
    }
    _insert(connection, office, row, filed=filed, due=rating.follow_up)


def _file(connection: Connection, office: Office, terminal: Terminal, request: FileMatter, proof: str) -> Row[Any]:
    row = {
        "nonce": request.nonce,
        "request_hash": proof,
        "terminal": terminal.code,
        "hall": terminal.hall,
        "kind": request.kind,
        "about": request.about,
        "about_name": _about(connection, office, request),
        "text": request.text,
        "language": request.language,
        "phone": request.phone,
        "case": _case(connection, request.case),
        **_people(office, request),
    }
    return _insert(connection, office, row, filed=office.now(), due=due_day(connection, request.kind, office.today()))


def _insert(connection: Connection, office: Office, row: dict[str, Any], **dates: object) -> Row[Any]:
    hall = connection.execute(select(halls.c.name).where(halls.c.code == row["hall"])).scalar_one()
    number = next_number(connection, PREFIX[row["kind"]], office.today())
    opened = {"number": number, "token_hash": fingerprint(token_of(office, number))}
    unanswered = {"state": MatterState.RECEIVED, "department": "", "answer": ""}
    connection.execute(matters.insert().values(**row, **opened, **unanswered, **dates))
    connection.execute(matter_stages.insert().values(matter=number, position=0, state=MatterState.RECEIVED, at=dates["filed"], by=hall))
    return connection.execute(select(matters).where(matters.c.number == number)).one()


def _about(connection: Connection, office: Office, request: FileMatter) -> dict[str, str] | None:
    """How it is called what the matter is about; only a question may be about nothing in particular."""
    if request.kind is MatterKind.QUESTION and not request.about:
        return None
    name = _name(connection, office.now(), request)
    if name is None:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.STALE_CATALOGUE)
    return dict(name)


def _name(connection: Connection, now: datetime, request: FileMatter) -> Words | None:
    """As the citizen saw it, who may have begun before the last publishing."""
    if request.kind is MatterKind.QUESTION:
        guide = catalogue.recent_guide(connection, request.about, now)
        return guide.name if guide else None
    for head in catalogue.recent_heads(connection, now):
        kinds = head.order_kinds if request.kind is MatterKind.ORDER else head.complaint_kinds
        if name := next((one.name for one in kinds if one.code == request.about), None):
            return name
    return None


def _case(connection: Connection, token: str) -> str | None:
    if not token:
        return None
    number: str | None = connection.execute(select(cases.c.number).where(cases.c.token_hash == fingerprint(token))).scalar_one_or_none()
    if number is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return number


def _people(office: Office, request: FileMatter) -> dict[str, str | None]:
    people = dict(_NOBODY)
    if request.person is not None:
        people |= {"person": person_key(office, request.person), "name": request.person.name}
    if request.agent is not None:
        people |= {"agent": person_key(office, request.agent), "agent_name": request.agent.name}
    return people
