"""Routes of bookings."""

from http import HTTPStatus

from fastapi import FastAPI, Response

from kiosk.backend.messages import Ticket
from kiosk.backend.messages.bookings import Booking, BookingDay
from kiosk.office.bookings import arriving, changing, days, finding, holding
from kiosk.office.bookings.contract import (
    BookingByCodeBody,
    BookingByTokenBody,
    BookingsOfPersonBody,
    CancelBookingBody,
    ChangeBookingBody,
    CheckInBody,
    ConfirmBookingBody,
    HoldSlotBody,
)
from kiosk.office.contract import Code
from kiosk.office.problems import ProblemError
from kiosk.office.routes import BODY, Asking, InOffice, errors


def booking_days(item: Code, hall: Code, office: InOffice, _terminal: Asking) -> tuple[BookingDay, ...]:
    """The days one can book an item at a hall for; a day without slots says why."""
    return days.booking_days(office, item, hall)


def hold_slot(body: HoldSlotBody, office: InOffice, terminal: Asking, response: Response) -> Booking:
    """Hold a slot for 15 minutes: 201 for a new hold, 200 and the same one for a nonce already used."""
    booking, new = holding.hold_slot(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return booking


def confirm_booking(booking: str, body: ConfirmBookingBody, office: InOffice, _terminal: Asking) -> Booking:
    """Make a held slot a booking; the path names the booking of the body."""
    if booking != body.booking:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid")
    return holding.confirm_booking(office, body)


def booking_by_token(body: BookingByTokenBody, office: InOffice, _terminal: Asking) -> Booking:
    """A booking by the token in its QR code."""
    return finding.booking_by_token(office, body)


def booking_by_code(body: BookingByCodeBody, office: InOffice, terminal: Asking) -> Booking:
    """A booking by its eight digits and the last four characters of the holder's identity number."""
    return finding.booking_by_code(office, terminal, body)


def bookings_of_person(body: BookingsOfPersonBody, office: InOffice, _terminal: Asking) -> tuple[Booking, ...]:
    """The bookings of the person whose card lies on the reader, the next one first."""
    return finding.bookings_of_person(office, body)


def change_booking(body: ChangeBookingBody, office: InOffice, _terminal: Asking) -> Booking:
    """Move a booking; it keeps its code and token."""
    return changing.change_booking(office, body)


def cancel_booking(body: CancelBookingBody, office: InOffice, _terminal: Asking) -> Booking:
    """Give a booking up."""
    return changing.cancel_booking(office, body)


def check_in(body: CheckInBody, office: InOffice, terminal: Asking, response: Response) -> Ticket:
    """Turn a booking into a ticket: 201 for a new one, 200 and the same one once it has it."""
    ticket, new = arriving.check_in(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return ticket


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    held = {200: {"model": Booking, "description": "The hold this nonce already has"}, **errors(*BODY, 409)}
    given = {200: {"model": Ticket, "description": "The ticket this booking already has"}, **errors(*BODY, 404, 409)}
    made = HTTPStatus.CREATED
    post = ["POST"]
    add("/v1/booking-days", booking_days, operation_id="listBookingDays", responses=errors(401, 409, 422))
    add("/v1/bookings", hold_slot, methods=post, operation_id="holdSlot", status_code=made, responses=held)
    add("/v1/bookings/by-token", booking_by_token, methods=post, operation_id="bookingByToken", responses=errors(*BODY, 404))
    add("/v1/bookings/by-code", booking_by_code, methods=post, operation_id="bookingByCode", responses=errors(*BODY, 404, 429))
    add("/v1/bookings/of-person", bookings_of_person, methods=post, operation_id="bookingsOfPerson", responses=errors(*BODY))
    add("/v1/bookings/change", change_booking, methods=post, operation_id="changeBooking", responses=errors(*BODY, 404, 409))
    add("/v1/bookings/cancel", cancel_booking, methods=post, operation_id="cancelBooking", responses=errors(*BODY, 404, 409))
    add("/v1/bookings/check-in", check_in, methods=post, operation_id="checkIn", status_code=made, responses=given)
    add(
        "/v1/bookings/{booking}/confirm",
        confirm_booking,
        methods=post,
        operation_id="confirmBooking",
        responses=errors(*BODY, 404, 409),
    )
