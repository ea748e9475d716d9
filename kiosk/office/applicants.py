"""Whose case it is: whose card lists it, prints what was decided, and says how that comes."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Row, or_

from kiosk.answers import valid_number
from kiosk.office.people import plain_name
from kiosk.office.tables import cases
from kiosk.office.tokens import same

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of a unified social credit code (GB 32100)
_CREDIT_CODE = re.compile(rf"[{_SIGNS}]{{2}}[0-9]{{6}}[{_SIGNS}]{{10}}")


def is_organisation(number: str) -> bool:
    """Whether this is an organisation's unified social credit code with the right check sign, and no identity card's number."""
    if not _CREDIT_CODE.fullmatch(number) or valid_number(number):
        return False
    weighted = sum(_SIGNS.index(sign) * pow(3, at, len(_SIGNS)) for at, sign in enumerate(number[:17]))
    return _SIGNS[-weighted % len(_SIGNS)] == number[17]


def owns(row: Row[Any], number: str, name: str) -> bool:
    """Whether the card with this number and name is good for the case in this row: number and name belong together in it.

    That is the applicant's own card. No card bears an organisation's number, so there it is the card of who handed the application
    in for it (经办人), whose identity was recorded then. A helper of a natural person shows both cards instead (代办), and theirs
    alone is good for nothing.
    """
    if is_organisation(row.applicant_number):
        return _is(row.agent_number or "", row.agent or "", number, name)
    return _is(row.applicant_number, row.applicant, number, name)


def perhaps_of(number: str) -> ColumnElement[bool]:
    """Rows among which are all that a card with this number is good for."""
    return or_(cases.c.applicant_number == number, cases.c.agent_number == number)


def _is(known_number: str, known_name: str, number: str, name: str) -> bool:
    right_number, right_name = same(known_number, number), same(plain_name(known_name), plain_name(name))
    return right_number and right_name
