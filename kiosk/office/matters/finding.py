"""Matters found by what their holder has: the paper's token, number and digits, or the card."""

from http import HTTPStatus

from sqlalchemy import select

from kiosk.backend.messages.matters import Matter, MatterByNumber, MatterByToken, MattersOfPerson
from kiosk.office.access import Terminal
from kiosk.office.guard import Guard
from kiosk.office.matters.records import code_of, find, matter_of
from kiosk.office.office import Office
from kiosk.office.paper_numbers import as_printed
from kiosk.office.people import person_key, plain_name
from kiosk.office.problems import ProblemError
from kiosk.office.tables import matters
from kiosk.office.tokens import fingerprint, same

_MOST = 100  # of one person: the longest of all still fit into a reply that a terminal takes


def matter_by_token(office: Office, request: MatterByToken) -> Matter:
    """The matter this token opens; ProblemError `not_found`."""
    with office.database.read() as connection:
        row = find(connection, matters.c.token_hash == fingerprint(request.token))
        if row is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        return matter_of(connection, office, row)


def matter_by_number(office: Office, terminal: Terminal, request: MatterByNumber) -> Matter:
    """The matter with this number (in either case, with or without hyphens), if the digits fit.

    ProblemError `not_found` says not which of the two is wrong; `rate_limited`.
    """
    number = as_printed(request.number)
    with office.database.write() as connection:
        guard = Guard(office, connection, terminal, number, about="matter")
        guard.check()
        row = find(connection, matters.c.number == number, matters.c.rating.is_(None))
        right = same(code_of(office, number), request.code)
        if row is not None and right:
            return matter_of(connection, office, row)
        guard.wrong()
    raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")  # outside the transaction, which must keep the count


def matters_of_person(office: Office, request: MattersOfPerson) -> tuple[Matter, ...]:
    """The person's matters, newest first; none when number and name do not belong together."""
    mine = matters.c.person == person_key(office, request.person)
    query = select(matters).where(mine).order_by(matters.c.filed.desc(), matters.c.number.desc()).limit(_MOST)
    with office.database.read() as connection:
        rows = [row for row in connection.execute(query).all() if plain_name(row.name) == plain_name(request.person.name)]
        return tuple(matter_of(connection, office, row) for row in rows)
