"""Acts on a whole hall, for whoever runs it without desks: every window on or off, everybody served."""

from sqlalchemy import select, update

from kiosk.backend.messages import TicketState
from kiosk.office.office import Office
from kiosk.office.queue.days import changing
from kiosk.office.queue.periods import LIVE, move_all
from kiosk.office.queue.staffing import log_staff
from kiosk.office.tables import counters, tickets


def switch_counters(office: Office, hall: str, *, on: bool) -> None:
    """Switch every counter of the hall on or off."""
    with changing(office, hall) as connection:
        query = select(counters).where(counters.c.hall == hall).order_by(counters.c.code).with_for_update()
        for row in connection.execute(query).all():
            this = update(counters).where(counters.c.hall == hall, counters.c.code == row.code)
            connection.execute(this.values(switched_on=on, break_until=None, break_words=None))
            if bool(row.switched_on) is not on:
                log_staff(connection, row, office.now(), "open" if on else "close")


def finish_all(office: Office, hall: str) -> None:
    """Everybody in the hall's queue has been served."""
    with changing(office, hall) as connection:
        live = (tickets.c.hall == hall, tickets.c.day == office.today(), tickets.c.state.in_(LIVE))
        query = select(tickets.c.id).where(*live).order_by(tickets.c.id).with_for_update()
        move_all(connection, connection.execute(query).scalars(), TicketState.FINISHED, office.now())
