"""What a driver sees of the world while it works: its line, its running command, and its way to tell what happened."""

import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator

import msgspec

from drivers.context import Context
from drivers.contract import (
    Cancel,
    Command,
    DeviceState,
    Emit,
    Event,
    Failed,
    Level,
    Part,
    PersonAnswered,
    PersonAsked,
    Status,
    StatusChanged,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.inbox import Inbox
from drivers.line import Line, Tunable

_log = logging.getLogger(__name__)

_DOWN_STATES = {
    Reason.SILENT: DeviceState.POWER_OFF,
    Reason.UNPLUGGED: DeviceState.POWER_OFF,
    Reason.NOT_CONFIGURED: DeviceState.POWER_OFF,
    Reason.PAPER_OUT: DeviceState.USER_ERROR,
    Reason.COVER_OPEN: DeviceState.USER_ERROR,
    Reason.TONER_OUT: DeviceState.USER_ERROR,
    Reason.BIN_FULL: DeviceState.USER_ERROR,
}
_NO_FAILURE = {Reason.CANCELED, Reason.UNSUPPORTED, Reason.SEQUENCE}


class Link:
    """A driver's side of the runner; times are in seconds.

    Every method that waits raises `Stopping` when the device is stopped, and `DeviceError` (UNPLUGGED) when the line breaks.
    """

    def __init__(self, context: Context, status: Status, emit: Emit, inbox: Inbox) -> None:
        self.role = context.role
        self.status = status
        self._context = context
        self.waiting: deque[Command] = deque()
        self._emit = emit
        self._inbox = inbox
        self._port: Line | None = None
        self._connections = 0
        self._choice: str | None = None
        self._running: Command | None = None
        self._canceled = False
        self._down = False
        self._idle = False

    @property
    def port(self) -> Line:
        """The open line."""
        if self._port is None:
            raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, "no line")
        return self._port

    def receive(self, seconds: float) -> bytes:
        """Bytes as they arrive, any number of them; empty only when the time is over. Neither command nor Cancel ends it."""
        deadline = time.monotonic() + seconds
        while True:
            data = self.port.read(deadline)
            self.mind()
            if data or time.monotonic() >= deadline:
                return data

    def arriving(self, seconds: float) -> Iterator[bytes]:
        """What arrives within `seconds`, piece by piece, some of them empty; the last is what arrived while this process had no turn."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            yield self.receive(left)
        yield self.receive(0.0)

    def listen(self, seconds: float) -> bytes:
        """As `receive`, but in `idle` it also ends, empty, when a command comes, and in `handle` a Cancel of that command raises."""
        deadline = time.monotonic() + seconds
        while True:
            data = self.port.read(deadline)
            self.mind()
            if data:
                return data
            self.check()
            if self._called() or time.monotonic() >= deadline:
                return b""

    def pause(self, seconds: float) -> None:
        """Wait without reading; in `idle` it ends early when a command comes, and in `handle` a Cancel of that command raises."""
        deadline = time.monotonic() + seconds
        while True:
            self.mind()
            self.check()
            if self._called() or time.monotonic() >= deadline:
                return
            self.port.rest(deadline)

    def send(self, data: bytes, seconds: float = 2.0) -> None:
        """Hand all of `data` to the line; raises `DeviceError` (SILENT) when it does not take them in time."""
        deadline = time.monotonic() + seconds
        while data:
            data = data[self.send_some(data, deadline - time.monotonic()) :]
            if data and time.monotonic() >= deadline:
                raise DeviceError(Reason.SILENT, Action.CLEAR, f"takes no bytes, {len(data)} left")

    def send_some(self, data: bytes, seconds: float) -> int:
        """Hand a part of `data` to the line, at most waiting `seconds` for room; how many bytes it took."""
        taken = self.port.write(data, time.monotonic() + seconds)
        self.mind()
        return taken

    def drain(self) -> bytes:
        """Take what has arrived so far, without waiting: late answers to earlier questions."""
        return self.port.drain()

    def set_baud(self, baud: int) -> bool:
        """Talk at another speed, in bit/s, until the line is closed; False where the line has no speed."""
        return isinstance(self.port, Tunable) and self.port.set_baud(baud)

    def check(self) -> None:
        """Raise `DeviceError` (CANCELED) when the running command has been cancelled."""
        self.mind()
        if self._canceled:
            raise DeviceError(Reason.CANCELED, Action.WAIT)

    def count(self, name: str, count: int = 1) -> None:
        """Add to one of the counters named in `capabilities`."""
        self._context.counters.add(name, count)

    def counted(self, name: str) -> int:
        """What a counter says."""
        return self._context.counters.values.get(name, 0)

    def random(self, limit: int) -> int:
        """A number from 0 below `limit` that nobody can guess; the replay of a recording draws the same."""
        recorder = self._context.recorder
        return secrets.randbelow(limit) if recorder is None else recorder.random(limit)

    def ask(self, key: str, choices: tuple[str, ...] = (), seconds: float = 60.0) -> str:
        """Ask the person at an interactive check and return the choice; without choices, only tell and return "" at once.

        Raises `DeviceError` (TIMEOUT) when nobody chose, (CANCELED) when the check was cancelled.
        """
        if self._running is None:
            raise RuntimeError("only a command that runs can ask")
        self._choice = None
        self.emit(PersonAsked(role=self.role, id=self._running.id, key=key, choices=choices))
        deadline = time.monotonic() + seconds
        while choices and self._choice not in choices:
            if time.monotonic() >= deadline:
                raise DeviceError(Reason.TIMEOUT, Action.WAIT, "nobody answered the check")
            self.port.rest(deadline)
            self.check()
        return self._choice if choices and self._choice is not None else ""

    def emit(self, event: Event) -> None:
        """Tell the terminal; a listener that raises must not stop the device."""
        if self._context.recorder is not None:
            self._context.recorder.event(event)
        try:
            self._emit(event)
        except Exception as error:  # noqa: BLE001 - whatever the listener does, the device goes on
            _log.error("%s: listener of %s raised %s", self.role, type(event).__name__, type(error).__name__)

    def report(self, status: Status) -> None:
        """Set the status; told and logged only when it differs (details of an error do not count)."""
        if serial := status.identity.get("serial"):  # may be told long after the line was opened
            self._context.counters.select(serial)
        status = msgspec.structs.replace(status, attention=self._context.counters.over)
        changed = differences(self.status, status)
        self.status = status
        if changed:
            level = logging.INFO if status.error is None else logging.WARNING
            _log.log(level, "%s: %s %s", self.role, status.state, status.error or ", ".join(changed))
            self.emit(StatusChanged(role=self.role, status=status, changed=changed))

    # What follows is for the runner.

    def mind(self) -> None:
        """Look into the inbox: sort out cancels, and refuse commands at once while the device is known to be down."""
        for command in self._inbox.take():
            if self._context.recorder is not None:
                self._context.recorder.command(command)
            match command:
                case Cancel(of=of):
                    self._cancel(of)
                case PersonAnswered(of=of, choice=choice):
                    if self._running is not None and self._running.id == of:
                        self._choice = choice
                case _:
                    self.waiting.append(command)
        if self._down and self.status.error is not None:
            self.refuse(self.status.error)

    def attach(self, port: Line) -> None:
        """The line is open."""
        self._port = port

    def up(self, status: Status) -> None:
        """The device answers."""
        self._down = False
        self._context.counters.select(status.identity.get("serial", ""))
        if self._connections:
            self.count("reconnectCount")
        self._connections += 1
        self.report(status)

    def settle(self) -> None:
        """Between two steps: keep what was counted, and tell when a counter has reached its threshold."""
        self._context.counters.save()
        if self.status.attention != self._context.counters.over:
            self.report(self.status)

    def down(self, error: DeviceError) -> None:
        """The device cannot be used: what it last said of its parts holds no more, and all commands fail."""
        self._port = None
        self._down = True
        self.report(when_down(self.status, error))
        self.refuse(error)

    def idling(self, driver_idle: Callable[["Link"], None]) -> None:
        """Let the driver idle: until a command comes, or as long as it likes."""
        self._idle = True
        try:
            driver_idle(self)
        finally:
            self._idle = False

    def begin(self, command: Command) -> None:
        """This command runs now."""
        self._running = command
        self._canceled = False

    def end(self, answer: Event) -> None:
        """Give the running command its one final answer."""
        self._running = None
        self._canceled = False
        self.emit(answer)

    def fail(self, error: DeviceError) -> None:
        """The running command, if any, has failed."""
        if self._running is not None:
            if error.reason not in _NO_FAILURE:
                self.count("failureCount")
            self.end(Failed(role=self.role, id=self._running.id, error=error))

    def refuse(self, error: DeviceError) -> None:
        """Fail the running command and those that wait."""
        self.fail(error)
        while self.waiting:
            self.emit(Failed(role=self.role, id=self.waiting.popleft().id, error=error))

    def _called(self) -> bool:
        return self._idle and bool(self.waiting)

    def _cancel(self, of: str) -> None:
        if self._running is not None and self._running.id == of:
            self._canceled = True
        for command in [waiting for waiting in self.waiting if waiting.id == of]:
            self.waiting.remove(command)
            self.emit(Failed(role=self.role, id=of, error=DeviceError(Reason.CANCELED, Action.WAIT)))


def when_down(before: Status, error: DeviceError) -> Status:
    """How a device is that cannot be used any more: what it last said of its parts and supplies holds no more."""
    return Status(
        state=_DOWN_STATES.get(error.reason, DeviceState.HARDWARE_ERROR),
        parts={name: part if part is Part.NOT_SUPPORTED else Part.UNKNOWN for name, part in before.parts.items()},
        supplies={name: level if level is Level.NOT_SUPPORTED else Level.UNKNOWN for name, level in before.supplies.items()},
        identity=before.identity,
        attention=before.attention,
        error=error,
    )


def differences(before: Status, after: Status) -> tuple[str, ...]:
    """Names of the fields, parts, supplies and identity entries that differ."""
    fields = [name for name in ("state", "attention") if getattr(before, name) != getattr(after, name)]
    if _kind(before.error) != _kind(after.error):
        fields.append("error")
    pairs = ((before.parts, after.parts), (before.supplies, after.supplies), (before.identity, after.identity))
    for old, new in pairs:
        fields += sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return tuple(fields)


def _kind(error: DeviceError | None) -> tuple[Reason, Action] | None:
    return None if error is None else (error.reason, error.action)
