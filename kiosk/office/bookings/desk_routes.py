"""Bookings in the desk's JSON API: what staff may give of the places kept for them.

Refusals (409, with `code`): not_bookable, no_show_limit, booked_already, slot_taken, nonce_reused.
"""

from http import HTTPStatus

from fastapi import Depends, FastAPI, Response

from kiosk.backend.messages.bookings import Booking, BookingDay
from kiosk.office.bookings import arranging, days
from kiosk.office.bookings.contract import ArrangeBookingBody
from kiosk.office.contract import Code
from kiosk.office.queue.desk_routes import At, from_the_page
from kiosk.office.routes import BODY, InOffice, errors


def reserved_days(item: Code, office: InOffice, seat: At) -> tuple[BookingDay, ...]:
    """The days of the horizon at the clerk's hall, with what is left of the places kept for staff."""
    return days.booking_days(office, item, seat.hall, reserved=True)


def arrange_booking(body: ArrangeBookingBody, office: InOffice, seat: At, response: Response) -> Booking:
    """Book for somebody at the clerk's hall: 201 for a new booking, 200 and the same one for a nonce already used."""
    booking, new = arranging.arrange_booking(office, seat, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return booking


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add, made = app.add_api_route, HTTPStatus.CREATED
    booked = {200: {"model": Booking, "description": "The booking this nonce already has"}, **errors(*BODY, 403, 409)}
    add("/desk/api/booking-days", reserved_days, operation_id="reservedDays", responses=errors(401, 409, 422))
    add(
        "/desk/api/bookings",
        arrange_booking,
        methods=["POST"],
        operation_id="arrangeBooking",
        dependencies=[Depends(from_the_page)],
        status_code=made,
        responses=booked,
    )
