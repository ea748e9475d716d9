"""A thread per device: open the line, connect, serve commands, watch, and start again with back-off when it breaks.

A driver is a subclass of `Driver` with two or three methods; all else (thread, reconnect, inbox, cancel, status changes, one
final answer per command) is here. A driver's methods run in the device's thread only.
"""

import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Mapping

from drivers.context import Context
from drivers.contract import (
    Answer,
    Capabilities,
    CheckHealth,
    Command,
    DeviceState,
    Done,
    Emit,
    HealthChecked,
    HealthLevel,
    Level,
    MediaTo,
    Part,
    Reset,
    Status,
    SupplyReplenish,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.inbox import Inbox, Stopping
from drivers.line import Line, OpenLine, Waker
from drivers.link import Link
from drivers.trace import BlankAll, Redactor

_log = logging.getLogger(__name__)

FIRST_RETRY = 0.1  # s: a loose plug or a hub that resets is back within tenths of a second
MISSING_RETRY = 0.5  # s: a port that does not exist costs microseconds to try, and a re-plug must be seen well under 2 s
FAILING_RETRY = 2.0  # s: a port that is there but fails is asked rarely, so that a sick device is not worked to death
STABLE = 5.0  # s: a connection that held so long starts the back-off anew; one that breaks at once must not spin
RESETS = 5  # resets within RESET_WINDOW seconds: more would wear a motor or a cutter, and what five do not mend needs a person
RESET_WINDOW = 600.0
_LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})


class Driver:
    """What a model adds to the runner."""

    capabilities: Capabilities = Capabilities()

    def connect(self, link: Link) -> Status:
        """On a line just opened: say hello, forget all that was before, look for media left inside, put the configuration in.

        Returns how the device is, identity included. Raises `DeviceError` when the device is not usable; the runner reports it
        and tries again later.
        """
        raise NotImplementedError

    def handle(self, link: Link, command: Command) -> Answer:  # noqa: ARG002 - part of what drivers override
        """Carry out a command named in `capabilities` and return its final answer; raises `DeviceError` when it failed.

        SILENT and UNPLUGGED also end the connection. `link.pause`, `link.listen` and `link.check` raise when it was cancelled.
        """
        raise unsupported(command)

    def reset(self, link: Link, to: MediaTo) -> None:
        """Bring the device back to its start state, media found inside to `to` (one of `capabilities.media_to`)."""
        raise NotImplementedError

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Check at a level named in `capabilities`; returns what was found, raises `DeviceError` when the device is not well."""
        raise NotImplementedError

    def replenished(self, link: Link, supply: str) -> None:
        """Somebody refilled `supply`; for drivers that count what was used since."""

    def idle(self, link: Link) -> None:
        """Called over and over while no command runs: listen or poll for a while, return when a command comes.

        Must wait by `link.listen` or `link.pause`. A `DeviceError` ends the connection.
        """
        link.listen(1.0)

    def leave(self, link: Link) -> None:
        """The device is being stopped and its line is still open: leave the hardware as it should be found.

        Nothing ends the waits in here, and whoever stops the device waits for it: it must be over within half a second, also
        when the hardware does not answer. A `DeviceError` is logged.
        """

    def redactor(self) -> Redactor:
        """What takes citizens' data out of a recording of a line just opened; unless a driver knows better, nothing is kept."""
        return BlankAll()


def unsupported(command: Command) -> DeviceError:
    """The device does not know this command."""
    return DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, type(command).__name__)


class Runner:
    """A `drivers.contract.Hardware` made of a `Driver` and a line."""

    def __init__(self, context: Context, driver: Driver, open_line: OpenLine) -> None:
        self.role = context.role
        self._context = context
        self._driver = driver
        self._open_line = open_line
        self._inbox: Inbox | None = None
        self._link: Link | None = None
        self._thread: threading.Thread | None = None
        self._last = initial(driver.capabilities)
        self._resets: deque[float] = deque()

    @property
    def status(self) -> Status:
        """How the device is, at any time and from any thread."""
        return self._last if self._link is None else self._link.status

    @property
    def capabilities(self) -> Capabilities:
        """What the device can do."""
        return self._driver.capabilities

    @property
    def counters(self) -> Mapping[str, int]:
        """What the device has done so far."""
        return self._context.counters.values

    def start(self, emit: Emit) -> None:
        """Begin to work; `emit` is called from the device's own thread. Raises `RuntimeError` when started already."""
        if self._thread is not None:
            message = f"{self.role} is started already"
            raise RuntimeError(message)
        self._inbox = Inbox()
        self._link = Link(self._context, initial(self._driver.capabilities), emit, self._inbox)
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
        finally:
            self._context.counters.save()
            if self._context.recorder is not None:
                self._context.recorder.close()

    def _rest(self, link: Link, inbox: Inbox, seconds: float) -> None:
        self._context.counters.save()
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            inbox.waker.wait(left)
            link.mind()

    def _connection(self, link: Link, inbox: Inbox) -> DeviceError:
        """Serve one connection until it breaks; what ended it."""
        try:
            with self._opened(inbox.waker) as line:
                link.attach(line)
                try:
                    link.up(self._driver.connect(link))
                    while True:
                        self._step(link)
                        link.settle()
                except Stopping:
                    self._leave(link, inbox)
                    raise
        except Stopping:
            raise
        except DeviceError as error:
            return error
        except Exception as error:  # noqa: BLE001 - a fault in a driver must not silently end its thread
            return self._unexpected(error)

    def _leave(self, link: Link, inbox: Inbox) -> None:
        inbox.leave_in_peace()
        try:
            self._driver.leave(link)
        except DeviceError as error:
            _log.info("%s: not left as wished: %s", self.role, error)
        except Exception as error:  # noqa: BLE001 - the device is being stopped, whatever its driver does
            self._unexpected(error)

    def _opened(self, waker: Waker) -> Line:
        return self._context.watch(self._recorded)(waker)

    def _recorded(self, waker: Waker) -> Line:
        recorder = self._context.recorder
        return self._open_line(waker) if recorder is None else recorder.open(self._open_line, waker, self._driver.redactor())

    def _step(self, link: Link) -> None:
        link.mind()
        if not link.waiting:
            link.idling(self._driver.idle)
            return
        command = link.waiting.popleft()
        link.begin(command)
        try:
            link.end(self._carry_out(link, command))
        except DeviceError as error:
            if error.reason in _LOST:
                raise
            link.fail(error)

    def _carry_out(self, link: Link, command: Command) -> Answer:
        done = Done(role=self.role, id=command.id)
        match command:
            case Reset(to=to):
                self._reset(link, command, to)
                return done
            case CheckHealth():
                return self._check(link, command)
            case SupplyReplenish(supply=supply):
                if supply not in self.capabilities.supplies:
                    raise unsupported(command)
                self._context.counters.replenished(supply)
                self._driver.replenished(link, supply)
                return done
            case _:
                if type(command).__name__ not in self.capabilities.commands:
                    raise unsupported(command)
                return self._driver.handle(link, command)

    def _reset(self, link: Link, command: Command, to: MediaTo) -> None:
        if to not in self.capabilities.media_to:
            raise unsupported(command)
        now = time.monotonic()
        while self._resets and now - self._resets[0] > RESET_WINDOW:
            self._resets.popleft()
        if len(self._resets) >= RESETS:
            raise DeviceError(Reason.RESET_LIMIT, Action.MAINTENANCE, f"{RESETS} resets within {RESET_WINDOW:.0f} s")
        self._resets.append(now)
        self._context.counters.add("resetCount")
        self._driver.reset(link, to)

    def _check(self, link: Link, command: CheckHealth) -> Answer:
        if command.level not in self.capabilities.health:
            raise unsupported(command)
        if command.in_service and command.level not in self.capabilities.harmless:
            raise DeviceError(Reason.SEQUENCE, Action.WAIT, f"no {command.level} check while in service")
        try:
            findings = self._driver.check(link, command.level)
        except DeviceError as error:
            if error.reason is Reason.CANCELED:
                raise
            link.end(HealthChecked(role=self.role, id=command.id, level=command.level, error=error))
            raise
        return HealthChecked(role=self.role, id=command.id, level=command.level, findings=findings)

    def _unexpected(self, error: Exception) -> DeviceError:
        # Only the place and the type: an exception's message may hold what was read from a card.
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s: unexpected %s\n%s", self.role, type(error).__name__, where)
        return DeviceError(Reason.HARDWARE, Action.MAINTENANCE, f"unexpected {type(error).__name__}")


def initial(capabilities: Capabilities) -> Status:
    """What is known of a device before it was asked anything: that it has these parts and supplies."""
    return Status(
        state=DeviceState.STARTING,
        parts=dict.fromkeys(capabilities.parts, Part.UNKNOWN),
        supplies=dict.fromkeys(capabilities.supplies, Level.UNKNOWN),
    )


def retry_after(error: DeviceError, tries: int) -> float:
    """Seconds to wait before the connection is tried for the `tries`-th time after it broke: doubles up to a limit."""
    limit = MISSING_RETRY if error.reason is Reason.UNPLUGGED else FAILING_RETRY
    return float(min(limit, FIRST_RETRY * 2 ** min(tries - 1, 10)))
