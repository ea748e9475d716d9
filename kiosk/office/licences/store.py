"""Licences by person and by token, and whether they hold."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages import Person
from kiosk.backend.messages.documents import Fact, OfficialDocument, PrintLicence
from kiosk.backend.messages.reviews import Licence, LicencesOfPerson
from kiosk.errors import Refusal
from kiosk.office.documents import Content, DocumentKind, issue_copy
from kiosk.office.office import Office
from kiosk.office.people import person_key, plain_name
from kiosk.office.problems import ProblemError
from kiosk.office.tables import licences
from kiosk.office.tokens import fingerprint, token


def licences_of_person(office: Office, request: LicencesOfPerson) -> tuple[Licence, ...]:
    """The person's licences, valid ones first, the newest first of each; none when number and name do not belong together."""
    with office.database.read() as connection:
        mine = [_licence(office, row) for row in _rows(connection, office, request.person)]
    newest = sorted(mine, key=lambda one: one.issued, reverse=True)
    return tuple(sorted(newest, key=lambda one: not one.valid))


def valid_kinds(connection: Connection, office: Office, person: Person) -> Mapping[str, Licence]:
    """The person's valid licences by kind, the newest of each."""
    mine = [_licence(office, row) for row in _rows(connection, office, person)]
    return {one.kind: one for one in sorted(mine, key=lambda one: one.issued) if one.valid}


def licence_by_token(connection: Connection, office: Office, token: str) -> Licence | None:
    """The licence a token opens, valid or not; None for an unknown one."""
    row = connection.execute(select(licences).where(licences.c.token_hash == fingerprint(token))).one_or_none()
    return None if row is None else _licence(office, row)


def print_licence(office: Office, request: PrintLicence) -> OfficialDocument:
    """The licence as its next copy. ProblemError `not_found`, `licence_invalid`, and those of `issue_copy`."""
    with office.database.write() as connection:
        row = connection.execute(select(licences).where(licences.c.token_hash == fingerprint(request.token))).one_or_none()
        if row is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        if not _valid(row, office.today()):
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.LICENCE_INVALID)
        return issue_copy(connection, office, DocumentKind.LICENCE, row.id, request.nonce, request.purpose, _content(row))


def licence_token(office: Office, licence: str) -> str:
    """The token that opens the licence with this id."""
    return token(office.secret, "licence", licence)


def _rows(connection: Connection, office: Office, person: Person) -> list[Row[Any]]:
    found = connection.execute(select(licences).where(licences.c.person == person_key(office, person)))
    return [row for row in found if plain_name(row.holder) == plain_name(person.name)]


def _licence(office: Office, row: Row[Any]) -> Licence:
    return Licence(
        kind=row.kind,
        name=row.name,
        number=row.number,
        issuer=row.issuer,
        issued=row.issued,
        expires=row.expires,
        valid=_valid(row, office.today()),
        token=licence_token(office, row.id),
    )


def _valid(row: Row[Any], today: date) -> bool:
    """The day it expires on is its last good one; one whose time has not begun yet is no better than an expired one."""
    return row.revoked is None and row.issued <= today and (row.expires is None or today <= row.expires)


def _content(row: Row[Any]) -> Content:
    return Content(
        title=row.name,
        number=row.number,
        issuer=row.issuer,
        issued=row.issued,
        expires=row.expires,
        facts=tuple(Fact(label=fact["label"], value=fact["value"]) for fact in row.facts),
        text=tuple(row.text),
        holder=row.holder,
    )
