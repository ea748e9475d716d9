"""Live news of the halls' queues: a bus inside the process, a relay between processes, streams for browsers."""

from pathlib import Path

from kiosk.office.database import Database
from kiosk.office.live.bus import Bus
from kiosk.office.live.local import LocalRelay


def open_bus(database: Database) -> Bus:
    """The bus of an office over this database."""
    bus = Bus()
    if database.engine.dialect.name == "postgresql":
        from kiosk.office.live.relay import Relay  # noqa: PLC0415 - psycopg is there only where it is used

        bus.carrier = Relay(database.engine, bus.heard)
    elif (name := database.engine.url.database) and name != ":memory:":
        bus.carrier = LocalRelay(Path(name).absolute(), bus.heard)
    return bus
