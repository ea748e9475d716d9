"""What is over is noted as over, and forgotten when no rule looks back to it any more; whoever takes a slot does a little of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, or_, select, update

from kiosk.backend.messages.bookings import BookingState
from kiosk.office.bookings.rules import KEPT, PAUSE
from kiosk.office.tables import booking_changes, bookings

_AT_ONCE = 50


def forget_old(connection: Connection, now: datetime) -> None:
    """End holds and bookings whose time is over, and with them let go of phones; let go of whole bookings after two months."""
    held = and_(bookings.c.state == BookingState.HELD, bookings.c.held_until < now - PAUSE)
    booked = and_(bookings.c.state == BookingState.BOOKED, bookings.c.check_in_until < now)
    old = bookings.c.check_in_until < now - KEPT
    query = select(bookings.c.id, bookings.c.state, old.label("old")).where(or_(held, booked, old)).limit(_AT_ONCE)
    over = connection.execute(query.with_for_update(skip_locked=True)).all()  # those that nobody else is busy with
    _end(connection, [row.id for row in over if row.state == BookingState.HELD], BookingState.EXPIRED)
    _end(connection, [row.id for row in over if row.state == BookingState.BOOKED], BookingState.MISSED)
    if gone := [row.id for row in over if row.old]:
        connection.execute(delete(booking_changes).where(booking_changes.c.booking.in_(gone)))
        connection.execute(delete(bookings).where(bookings.c.id.in_(gone)))


def _end(connection: Connection, ids: Sequence[str], state: BookingState) -> None:
    if ids:
        ended = {"state": state, "phone": None, "ended": bookings.c.held_until}
        connection.execute(update(bookings).where(bookings.c.id.in_(ids)).values(**ended))
