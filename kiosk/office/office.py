"""What every part of the office needs: its database, clock and secret."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from kiosk.office.database import Database
from kiosk.office.hours import local
from kiosk.office.live.bus import Bus
from kiosk.office.tables import workdays
from kiosk.office.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """`clock` gives moments with offset; `secret` makes the tokens; `public_url` is where phones reach the office; `live` brings news."""

    database: Database
    clock: Callable[[], datetime]
    secret: bytes = field(repr=False)
    public_url: str
    live: Bus = field(default_factory=Bus)

    def now(self) -> datetime:
        """The moment by the hall's clock, to the second."""
        return local(self.clock()).replace(microsecond=0)

    def today(self) -> date:
        """The hall's day."""
        return self.now().date()


def calendar(connection: Connection) -> WorkCalendar:
    """The working-day calendar as the office keeps it."""
    return WorkCalendar(dict(connection.execute(select(workdays.c.day, workdays.c.works)).all()))
