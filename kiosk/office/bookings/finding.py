"""Bookings found by what their holder has: the paper's token, the code and an identity number's end, or the card."""

from http import HTTPStatus

from sqlalchemy import select

from kiosk.backend.messages.bookings import Booking, BookingByCode, BookingByToken, BookingsOfPerson, BookingState
from kiosk.office.access import Terminal
from kiosk.office.bookings import records
from kiosk.office.guard import Guard
from kiosk.office.office import Office
from kiosk.office.people import person_key, plain_name, tail_proof
from kiosk.office.problems import ProblemError
from kiosk.office.tables import bookings
from kiosk.office.tokens import same

_COMING = {BookingState.HELD, BookingState.BOOKED}


def booking_by_token(office: Office, request: BookingByToken) -> Booking:
    """The booking this token opens; ProblemError `not_found`."""
    with office.database.read() as connection:
        return records.booking_of(office, records.find_by_token(connection, request.token))


def booking_by_code(office: Office, terminal: Terminal, request: BookingByCode) -> Booking:
    """The live booking with this code, if the number's end fits.

    ProblemError `not_found` says not which of the two is wrong; `rate_limited`.
    """
    with office.database.write() as connection:
        guard = Guard(office, connection, terminal, request.code, about="booking")
        guard.check()
        wanted = bookings.c.code_hash == records.code_proof(office, request.code)
        row = records.find(connection, wanted, bookings.c.state.in_(records.LIVE))
        proof = tail_proof(office, row.id if row else "", request.number_tail)
        if row is None or not same(row.tail_proof, proof):
            guard.wrong()
            row = None
    if row is None:  # outside the transaction, which must keep the count
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return records.booking_of(office, row)


def bookings_of_person(office: Office, request: BookingsOfPerson) -> tuple[Booking, ...]:
    """What is to come, the next one first, then what was, the latest first; holds that ran out are left out.

    None when number and name do not belong together.
    """
    with office.database.read() as connection:
        found = records.rows(connection, bookings.c.person == person_key(office, request.person)).all()
    mine = [records.booking_of(office, row) for row in found if plain_name(row.name) == plain_name(request.person.name)]
    coming = [one for one in mine if one.state in _COMING]
    over = [one for one in mine if one.state not in _COMING and one.state is not BookingState.EXPIRED]
    return (*coming, *reversed(over))


def next_token(office: Office, hall: str) -> str:
    """The token of the hall's booking that can be checked in next; LookupError where there is none."""
    now = office.now()
    open_ = (bookings.c.hall == hall) & (bookings.c.state == BookingState.BOOKED) & (bookings.c.check_in_until > now)
    query = select(bookings.c.id).where(open_).order_by(bookings.c.start).limit(1)
    with office.database.read() as connection:
        found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise LookupError("no booking")
    return records.token_of(office, str(found))
