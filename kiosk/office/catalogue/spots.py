"""Where terminals stand in their halls, one by one, for "you are here" on the map."""

from dataclasses import asdict

from sqlalchemy import Connection, select

from kiosk.office.catalogue.reading import Spot, head
from kiosk.office.database import upsert
from kiosk.office.tables import terminal_spots, terminals


def spot(connection: Connection, terminal: str) -> Spot | None:
    """Where the terminal stands; None where that was not said, so that its hall's own word holds."""
    query = select(terminal_spots.c.floor, terminal_spots.c.x, terminal_spots.c.y).where(terminal_spots.c.terminal == terminal)
    row = connection.execute(query).one_or_none()
    return Spot(*row) if row else None


def put_spot(connection: Connection, terminal: str, at: Spot) -> None:
    """Say where a terminal stands. ValueError for an unknown terminal, or a place that is not on the map of its hall."""
    hall = connection.execute(select(terminals.c.hall).where(terminals.c.code == terminal)).scalar_one_or_none()
    if hall is None:
        raise ValueError(f"{terminal} is not enrolled")
    known = head(connection, hall)
    floors = [floor.code for site in (known.sites if known else ()) if site.code == hall for floor in site.floors]
    if at.floor not in floors:
        raise ValueError(f"the map of {hall} has the floors {', '.join(floors) or 'none'}")
    if not (0 <= at.x <= 1 and 0 <= at.y <= 1):
        raise ValueError("x and y are fractions of the floor, from 0 to 1")
    insert = upsert(connection, terminal_spots).values(terminal=terminal, **asdict(at))
    connection.execute(insert.on_conflict_do_update(index_elements=["terminal"], set_=asdict(at)))
