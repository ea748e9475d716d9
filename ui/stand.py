"""A stand for one terminal: the reference office and the bench devices beside it, for `kiosk run --embedded` and the tour.

The terminal on it is the real one, with its config; only the ports of its devices and the address of its office are those of the stand.
"""

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from drivers.bench.catalogue import CATALOGUE, Entry
from drivers.bench.handle import Bench, plug_all
from drivers.bench.nursery import Nursery
from kiosk.backend.messages import Ticket
from kiosk.office import catalogue
from kiosk.office.access import Terminal, enrol
from kiosk.office.api import create_app
from kiosk.office.bookings.finding import next_token
from kiosk.office.cases import case_token
from kiosk.office.contract import TakeTicketBody
from kiosk.office.hours import LOCAL
from kiosk.office.matters import staff
from kiosk.office.office import Office
from kiosk.office.queue import hall_acts
from kiosk.office.queue.clerks import Seat
from kiosk.office.queue.tickets import take_ticket
from kiosk.office.seed import seed
from kiosk.office.server import Serving, serve
from kiosk.receipt import Slip, encode
from kiosk.settings import Settings

log = logging.getLogger(__name__)

HALL: Final = "city"
_MORNING: Final = (10, 5)  # a time at which every counter is open
_FRIDAY: Final = 5


def working_morning(now: datetime) -> datetime:
    """The morning of the next day that is no weekend: `now`'s own day where it is not."""
    day = now.astimezone(LOCAL).replace(hour=_MORNING[0], minute=_MORNING[1], second=0, microsecond=0)
    while day.isoweekday() > _FRIDAY:
        day += timedelta(days=1)
    return day


class Clock:
    """Goes as fast as the machine's clock, from a moment of one's choice."""

    def __init__(self, start: datetime) -> None:
        self._start, self._at = start, time.monotonic()

    def __call__(self) -> datetime:
        """The moment, with offset."""
        return self._start + timedelta(seconds=time.monotonic() - self._at)


class Stand:
    """Office and devices in `folder`, running between `with` and its end."""

    def __init__(self, folder: Path, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._folder, self._settings, self._clock = folder, settings, clock
        self._key, self._secret = secrets.token_hex(32), secrets.token_bytes(32)
        self._opened = ExitStack()
        self.devices: dict[str, Bench] = {}
        self.entries: dict[str, Entry] = {}
        self._serving: Serving | None = None
        self._port = 0

    def __enter__(self) -> Self:
        with ExitStack() as opening:  # what was opened is closed again when the next thing does not open
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / "terminal.key").write_text(self._key, encoding="ascii")
            opening.callback(self.close_office)
            self.open_office()
            nursery = opening.enter_context(Nursery())
            for role, entry in self._settings.devices.items():
                peer = CATALOGUE[str(entry["driver"])]
                if why := peer.missing():
                    log.warning("%s is left out: %s", role, why)
                    continue
                self.entries[role] = peer
                self.devices[role] = Bench(self.entries[role].model, self._folder / role, nursery)
                opening.callback(self.devices[role].stop)
            plug_all(self.devices.values())
            self.put_right()
            self._opened = opening.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._opened.close()

    @property
    def settings(self) -> Settings:
        """The terminal's settings with the stand's ports."""
        devices = {role: {**self._settings.devices[role], **peer.where(self.devices[role])} for role, peer in self.entries.items()}
        office = msgspec.structs.replace(
            self._settings.terminal.office, url=f"http://127.0.0.1:{self._port}", key_file=str(self._folder / "terminal.key")
        )
        terminal = msgspec.structs.replace(self._settings.terminal, office=office, state_dir=str(self._folder / "state"))
        return msgspec.structs.replace(self._settings, terminal=terminal, devices=devices)

    @property
    def office(self) -> Office:
        """The office's own side, for what a clerk would do."""
        assert self._serving is not None  # noqa: S101 - between open_office and close_office
        office = self._serving.app.state.office
        assert isinstance(office, Office)  # noqa: S101 - what create_app put there
        return office

    def open_office(self) -> None:
        """Start the office if it does not run, on the same port as before if it ran before."""
        if self._serving is not None:
            return
        database = f"sqlite:///{self._folder / 'office.db'}"
        app = create_app(database, self._clock, secret=self._secret, public_url="https://lucheng.example")
        seed(app.state.office)
        enrol(app.state.office.database, self._settings.terminal.id, HALL, self._key)
        self._serving = serve(app, port=self._port)
        self._port = int(self._serving.url.rpartition(":")[2])

    def close_office(self) -> None:
        """Stop the office; the terminal sees it go away."""
        if self._serving is not None:
            self._serving.stop()
            self._serving = None

    def put_right(self) -> None:
        """Plug every device in and let it stand there as at first: whole, filled, shut, with nobody's card in it."""
        for role, entry in self.entries.items():
            self.devices[role].plug()
            self.devices[role].set(**entry.at_first)

    # -- what clerks and other citizens do ---------------------------------------------------------------------------------

    def all_counters(self, *, on: bool) -> None:
        """Switch every counter of the hall on or off, as clerks do at their desks."""
        hall_acts.switch_counters(self.office, HALL, on=on)

    def neighbours_take(self, service: str, count: int) -> tuple[Ticket, ...]:
        """So many other people take a ticket for the service."""
        terminal = Terminal(self._settings.terminal.id, HALL)
        bodies = [TakeTicketBody(nonce=secrets.token_hex(16), service=service, language="zh-CN") for _ in range(count)]
        return tuple(take_ticket(self.office, terminal, body)[0] for body in bodies)

    def nobody_waits(self) -> None:
        """Everybody who waits has been served."""
        hall_acts.finish_all(self.office, HALL)

    def matter_answered(self, number: str, text: str) -> None:
        """The clerk at the first window takes up what a citizen has said, and answers it."""
        seat = Seat(hall=HALL, clerk="1001", name="", counter="1", allowed=(), session="")
        with self.office.database.read() as connection:
            whole = catalogue.head(connection, HALL)
        assert whole is not None  # noqa: S101 - the seed has published one
        staff.assign(self.office, seat, number, whole.departments[0].code)
        staff.take(self.office, seat, number)
        staff.answer(self.office, seat, number, text)

    def booking_now(self) -> str:
        """What the QR code of a booking says that can be checked in now, or next."""
        return encode(next_token(self.office, HALL), Slip.BOOKING)

    def case_token(self, number: str) -> str:
        """The token that opens this case."""
        return case_token(self.office, number)

    def slip_code(self, number: str) -> str:
        """What the QR code on a slip of this case says."""
        return encode(case_token(self.office, number))
