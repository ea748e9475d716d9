"""Opening and closing a window, and breaks."""

from datetime import timedelta

from sqlalchemy import update

from kiosk.office.database import steadfast
from kiosk.office.office import Office
from kiosk.office.queue.clerks import Seat
from kiosk.office.queue.desk import Desk, at_desk
from kiosk.office.queue.staffing import log_staff
from kiosk.office.tables import counters


@steadfast
def open_window(office: Office, seat: Seat) -> None:
    """Open the window, or end its break. An open one stays as it is."""
    with at_desk(office, seat) as desk:
        if not desk.is_open:
            _set(desk, "open", switched_on=True, break_until=None, break_words=None)


@steadfast
def close_window(office: Office, seat: Seat) -> None:
    """Close the window: it calls nobody any more, what is in hand is still finished. A closed one stays as it is."""
    with at_desk(office, seat) as desk:
        if desk.row.switched_on:
            _set(desk, "close", switched_on=False, break_until=None, break_words=None)


@steadfast
def pause_window(office: Office, seat: Seat, minutes: int, words: str = "") -> None:
    """Close the window for a break that ends by itself; `words` stand on the displays meanwhile."""
    with at_desk(office, seat) as desk:
        until = desk.now + timedelta(minutes=minutes)
        _set(desk, "break", switched_on=True, break_until=until, break_words=words)


def _set(desk: Desk, change: str, **values: object) -> None:
    this = (counters.c.hall == desk.seat.hall, counters.c.code == desk.seat.counter)
    desk.connection.execute(update(counters).where(*this).values(**values))
    until = values["break_until"] if change == "break" else None
    log_staff(desk.connection, desk.row, desk.now, change, until)  # type: ignore[arg-type]
