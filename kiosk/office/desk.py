"""What clerks do at the counters of a hall."""

from sqlalchemy import update

from kiosk.office.office import Office
from kiosk.office.tables import counters, tickets


def switch_counters(office: Office, hall: str, *, on: bool) -> None:
    """Switch every counter of the hall on or off."""
    with office.database.write() as connection:
        connection.execute(update(counters).where(counters.c.hall == hall).values(switched_on=on))


def finish_all(office: Office, hall: str) -> None:
    """Everybody who waits in the hall has been served."""
    with office.database.write() as connection:
        connection.execute(update(tickets).where(tickets.c.hall == hall).values(state="finished"))
