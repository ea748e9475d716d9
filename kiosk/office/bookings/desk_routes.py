"""Bookings in the desk's JSON API: what staff may give of the places kept for them.

Refusals (409, with `code`): not_bookable, no_show_limit, booked_already, slot_taken, nonce_reused.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, FastAPI, Query, Response

from kiosk.backend.messages.bookings import Booking, BookingDay
from kiosk.office.bookings import arranging, bookable, days
from kiosk.office.bookings.bookable import BookableItem
from kiosk.office.bookings.contract import ArrangeBookingBody
from kiosk.office.contract import Code
from kiosk.office.queue.desk_routes import At, from_the_page
from kiosk.office.routes import BODY, InOffice, errors

Wanted = Annotated[str, Query(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$", description="All of them must fit")]


def bookable_items(words: Wanted, office: InOffice, seat: At) -> tuple[BookableItem, ...]:
    """Items that can be booked at the clerk's hall, by words of their names, pinyin or initials; at most 20."""
    return bookable.find(office, seat.hall, words)


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
    add("/desk/api/booking-items", bookable_items, operation_id="bookableItems", responses=errors(401, 422))
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
