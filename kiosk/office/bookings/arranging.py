"""Staff book for somebody (预约登记), from the places of a slot that are kept for them to give (预留号)."""

from uuid import uuid4

from kiosk.backend.messages.bookings import Booking, BookingState, HoldSlot
from kiosk.office.bookings import notices, records
from kiosk.office.bookings.contract import ArrangeBookingBody
from kiosk.office.bookings.holding import insert_with_code, of_nonce, row_of, take_place, wanted_slot
from kiosk.office.database import steadfast
from kiosk.office.office import Office
from kiosk.office.people import person_key
from kiosk.office.queue.clerks import Seat


@steadfast
def arrange_booking(office: Office, seat: Seat, body: ArrangeBookingBody) -> tuple[Booking, bool]:
    """The booking of this nonce at the clerk's hall, and whether it was made just now; it is on record who made it.

    The rules are those of everybody: what differs is where the place comes from. Somebody who holds a slot of the item lets go of it
    with this. ProblemError `not_bookable`, `no_show_limit`, `booked_already`, `slot_taken`, `nonce_reused`.
    """
    request = HoldSlot(nonce=body.nonce, item=body.item, hall=seat.hall, start=body.start, person=body.person)
    person, now = person_key(office, body.person), office.now()
    with office.database.write() as connection:
        known = of_nonce(connection, request, person, seat.clerk)
        if known is not None:
            return records.booking_of(office, records.find_again(connection, known)), False
        wanted = wanted_slot(connection, request, person, now)
        take_place(connection, wanted, now, reserved=True)
        row = row_of(office, uuid4().hex, wanted.plan, wanted.slot, body.person)
        how = {"nonce": body.nonce, "state": BookingState.BOOKED, "reserved": True, "clerk": seat.clerk}
        told = {"phone": body.phone or None, "language": body.language}
        made = records.find_again(connection, insert_with_code(connection, office, row | how | told))
        notices.note_booked(connection, office, made)
        return records.booking_of(office, made), True
