"""Halls as their terminals present them."""

from sqlalchemy import select

from kiosk.backend.messages import Hall
from kiosk.office.hours import is_open
from kiosk.office.office import Office, calendar
from kiosk.office.tables import halls


def get_hall(office: Office, code: str) -> Hall:
    """The hall as its terminals present it."""
    with office.database.read() as connection:
        row = connection.execute(select(halls).where(halls.c.code == code)).one()
        days = calendar(connection)
    return Hall(
        code=row.code,
        name=row.name,
        address=row.address,
        phone=row.phone,
        bands=row.bands,
        hours=row.hours,
        notices=tuple(row.notices),
        open_now=is_open(row.bands, office.now(), days),
        privacy=row.privacy,
    )
