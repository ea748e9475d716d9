"""Live news of the halls' queues: a bus inside the process, a relay between processes on PostgreSQL, streams for browsers."""

from kiosk.office.database import Database
from kiosk.office.live.bus import Bus


def open_bus(database: Database) -> Bus:
    """The bus of an office over this database."""
    bus = Bus()
    if database.engine.dialect.name == "postgresql":
        from kiosk.office.live.relay import Relay  # noqa: PLC0415 - psycopg is there only where it is used

        bus.carrier = Relay(database.engine, bus.heard)
    return bus
