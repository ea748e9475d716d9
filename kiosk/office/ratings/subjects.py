"""What is rated: it must be something the office or this terminal did, and it is known again by a digest only."""

import hmac
import re

from sqlalchemy import Connection, select

from kiosk.backend.messages import CaseState
from kiosk.backend.messages.ratings import Served
from kiosk.office.access import Terminal
from kiosk.office.office import Office
from kiosk.office.tables import bookings, cases, matters, ratings, tickets
from kiosk.office.tokens import fingerprint

_VISIT = re.compile(r"[A-Za-z0-9_-]{16,64}")
_DECIDED = (CaseState.APPROVED, CaseState.REJECTED)


def digest(office: Office, served: Served, subject: str) -> str:
    """What is kept in place of the subject: without the office's secret nobody finds the rating of a ticket or case by it."""
    return hmac.digest(office.secret, f"rated:{served}:{subject}".encode(), "sha256").hex()


def is_rated(connection: Connection, office: Office, served: Served, subject: str) -> bool:
    """Whether it was rated already; `subject` as in Rate."""
    this = (ratings.c.served == served, ratings.c.subject == digest(office, served, subject))
    return connection.execute(select(ratings.c.number).where(*this)).first() is not None


def can_be_rated(connection: Connection, terminal: Terminal, served: Served, subject: str) -> bool:
    """Whether there is such a thing that may be rated at this terminal."""
    match served:
        case Served.TICKET:
            query = select(tickets.c.id).where(tickets.c.id == subject, tickets.c.hall == terminal.hall)
        case Served.BOOKING:
            query = select(bookings.c.id).where(bookings.c.token_hash == fingerprint(subject))
        case Served.CASE:
            query = select(cases.c.number).where(cases.c.token_hash == fingerprint(subject), cases.c.state.in_(_DECIDED))
        case Served.MATTER:
            query = select(matters.c.number).where(matters.c.token_hash == fingerprint(subject), matters.c.rating.is_(None))
        case Served.VISIT:
            return _VISIT.fullmatch(subject) is not None
    return connection.execute(query).first() is not None
