"""A thread per device: open the line, connect, serve commands, watch, and start again with back-off when it breaks.

A driver is a subclass of `Driver` with two or three methods; all else (thread, reconnect, inbox, cancel, status changes, one
final answer per command) is here. A driver's methods run in the device's thread only.
"""

import logging
import threading
import time
import traceback

from drivers.contract import Answer, Command, DeviceState, Emit, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Inbox, Link, Stopping
from drivers.transport import Port, SerialSettings

_log = logging.getLogger(__name__)

FIRST_RETRY = 0.1  # s: a loose plug or a hub that resets is back within tenths of a second
MISSING_RETRY = 0.5  # s: a port that does not exist costs microseconds to try, and a re-plug must be seen well under 2 s
FAILING_RETRY = 2.0  # s: a port that is there but fails is asked rarely, so that a sick device is not worked to death
STABLE = 5.0  # s: a connection that held so long starts the back-off anew; one that breaks at once must not spin
_LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})


class Driver:
    """What a model adds to the runner."""

    def connect(self, link: Link) -> Status:
        """Say hello on a line just opened, forget all that was before, and tell how the device is.

        Raises `DeviceError` when the device is not usable; the runner reports it and tries again later.
        """
        raise NotImplementedError

    def handle(self, link: Link, command: Command) -> Answer:  # noqa: ARG002 - part of what drivers override
        """Carry the command out and return its final answer; raises `DeviceError` when it failed.

        SILENT and UNPLUGGED also end the connection. `link.pause`, `link.listen` and `link.check` raise when it was cancelled.
        """
        raise unsupported(command)

    def idle(self, link: Link) -> None:
        """Called over and over while no command runs: listen or poll for a while, return when a command comes.

        Must wait by `link.listen` or `link.pause`. A `DeviceError` ends the connection.
        """
        link.listen(1.0)


def unsupported(command: Command) -> DeviceError:
    """The device does not know this command."""
    return DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, type(command).__name__)


class Runner:
    """A `drivers.contract.Device` made of a `Driver` and a line."""

    def __init__(self, role: str, driver: Driver, settings: SerialSettings) -> None:
        self.role = role
        self._driver = driver
        self._settings = settings
        self._inbox: Inbox | None = None
        self._link: Link | None = None
        self._thread: threading.Thread | None = None
        self._last = Status(state=DeviceState.STARTING)

    @property
    def status(self) -> Status:
        """How the device is, at any time and from any thread."""
        return self._last if self._link is None else self._link.status

    def start(self, emit: Emit) -> None:
        """Begin to work; `emit` is called from the device's own thread. Raises `RuntimeError` when started already."""
        if self._thread is not None:
            message = f"{self.role} is started already"
            raise RuntimeError(message)
        self._inbox = Inbox()
        self._link = Link(self.role, emit, self._inbox)
        self._thread = threading.Thread(target=self._live, args=(self._link, self._inbox), name=f"device-{self.role}", daemon=True)
        self._thread.start()

    def do(self, command: Command) -> None:
        """Put the command into the inbox and return at once; a device that is not started drops it."""
        if self._inbox is not None:
            self._inbox.put(command)

    def stop(self) -> None:
        """End the thread and close the port; commands that are under way answer Failed (CANCELED)."""
        if self._thread is None or self._inbox is None:
            return
        self._inbox.close()
        self._thread.join()
        self._inbox.dispose()
        self._last = self.status
        self._thread = self._inbox = self._link = None

    def _live(self, link: Link, inbox: Inbox) -> None:
        tries = 0
        try:
            while True:
                began = time.monotonic()
                error = self._connection(link, inbox)
                tries = 1 if time.monotonic() - began > STABLE else tries + 1
                link.down(error)
                self._rest(link, inbox, retry_after(error, tries))
        except Stopping:
            link.refuse(DeviceError(Reason.CANCELED, Action.WAIT, "device stopped"))

    def _rest(self, link: Link, inbox: Inbox, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            inbox.waker.wait(left)
            link.mind()

    def _connection(self, link: Link, inbox: Inbox) -> DeviceError:
        """Serve one connection until it breaks; what ended it."""
        try:
            with Port(self._settings, inbox.waker) as port:
                link.attach(port)
                link.up(self._driver.connect(link))
                while True:
                    self._step(link)
        except Stopping:
            raise
        except DeviceError as error:
            return error
        except Exception as error:  # noqa: BLE001 - a fault in a driver must not silently end its thread
            return self._unexpected(error)

    def _step(self, link: Link) -> None:
        link.mind()
        if not link.waiting:
            link.idling(self._driver.idle)
            return
        command = link.waiting.popleft()
        link.begin(command)
        try:
            link.end(self._driver.handle(link, command))
        except DeviceError as error:
            if error.reason in _LOST:
                raise
            link.fail(error)

    def _unexpected(self, error: Exception) -> DeviceError:
        # Only the place and the type: an exception's message may hold what was read from a card.
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s: unexpected %s\n%s", self.role, type(error).__name__, where)
        return DeviceError(Reason.HARDWARE, Action.MAINTENANCE, f"unexpected {type(error).__name__}")


def retry_after(error: DeviceError, tries: int) -> float:
    """Seconds to wait before the connection is tried for the `tries`-th time after it broke: doubles up to a limit."""
    limit = MISSING_RETRY if error.reason is Reason.UNPLUGGED else FAILING_RETRY
    return float(min(limit, FIRST_RETRY * 2 ** min(tries - 1, 10)))
