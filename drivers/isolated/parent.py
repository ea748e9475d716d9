"""The device as the rest of the program sees it: a thread that keeps a child alive and believes nothing of it."""

import logging
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from drivers import codec
from drivers.contract import (
    Answer,
    Cancel,
    Capabilities,
    Command,
    Emit,
    Event,
    Failed,
    Hardware,
    PersonAnswered,
    Status,
    StatusChanged,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.inbox import Inbox, Stopping
from drivers.isolated import frames
from drivers.isolated.ears import CrashError, Ears
from drivers.isolated.frames import Counts, Note, Setup
from drivers.isolated.process import COMMAND, Process
from drivers.link import differences, when_down
from drivers.runner import initial, unsupported

_log = logging.getLogger(__name__)

LEAVE = 4.0  # s for the child to stop its device; a little more than it gives itself
ABORT = 0.5  # s for a child that hangs to say where it does
CRASHES = 3  # within CRASH_WINDOW seconds: what so many restarts do not mend needs a person
CRASH_WINDOW = 600.0
FIRST_RETRY = 0.5  # s; doubles with every crash within the window
LONGEST_RETRY = 60.0


class Terms(Struct, frozen=True, kw_only=True):
    """How much is borne of a child: `hang_s` without a sign of life once it has given one, `start_s` until the first."""

    hang_s: float = 10.0
    start_s: float = 30.0


class Isolated:
    """A `drivers.contract.Hardware` whose device is in a child process.

    When the child hangs, crashes or talks nonsense it is killed; commands that are under way answer Failed (CRASHED) and are not
    repeated; a new child is started after a while that grows. Counters are written by the child and mirrored here.
    """

    def __init__(self, setup: Setup, like: Hardware, terms: Terms, command: Sequence[str] = COMMAND) -> None:
        """`like` is the same device made in this process, never started: it knows what the device can do."""
        self.role = setup.role
        self._setup = setup
        self._terms = terms
        self._command = command
        self._capabilities = like.capabilities
        self._counters = dict(like.counters)
        self._status = initial(like.capabilities)
        self._emit: Emit = _ignore
        self._inbox: Inbox | None = None
        self._thread: threading.Thread | None = None
        self._open: set[str] = set()
        self._crashes: deque[float] = deque()

    @property
    def status(self) -> Status:
        """How the device is, at any time and from any thread."""
        return self._status

    @property
    def capabilities(self) -> Capabilities:
        """What the device can do."""
        return self._capabilities

    @property
    def counters(self) -> Mapping[str, int]:
        """What the device has done so far, as the child last told it."""
        return self._counters

    def start(self, emit: Emit) -> None:
        """Start the child; `emit` is called from this device's own thread. Raises `RuntimeError` when started already."""
        if self._thread is not None:
            raise RuntimeError(f"{self.role} is started already")
        self._emit = emit
        self._status = initial(self._capabilities)
        self._inbox = Inbox()
        self._thread = threading.Thread(target=self._live, args=(self._inbox,), name=f"device-{self.role}", daemon=True)
        self._thread.start()

    def do(self, command: Command) -> None:
        """Put the command into the inbox and return at once; a device that is not started drops it."""
        if self._inbox is not None:
            self._inbox.put(command)

    def stop(self) -> None:
        """End the child and the thread; commands that are under way answer Failed (CANCELED)."""
        if self._thread is None or self._inbox is None:
            return
        self._inbox.close()
        self._thread.join()
        self._inbox.dispose()
        self._thread = self._inbox = None

    def _live(self, inbox: Inbox) -> None:
        try:
            while True:
                error = self._crashed(self._one_child(inbox))
                self._down(error)
                self._rest(inbox, error)
        except Stopping:
            self._refuse_all(DeviceError(Reason.CANCELED, Action.WAIT, "device stopped"))

    def _one_child(self, inbox: Inbox) -> str:
        """Be with one child to its end; what ended it."""
        try:
            child = Process(self._command)
        except OSError as error:
            return f"cannot be started: {error.strerror}"
        ears = Ears(self._take)
        why = ""
        try:
            child.send(frames.pack(self._setup))
            self._attend(child, ears, inbox)
        except CrashError as error:
            why = str(error)
        except Stopping:
            self._see_off(child, ears, inbox)
            raise
        finally:
            how = child.end()
        return f"{why}, {how}" if why else how

    def _attend(self, child: Process, ears: Ears, inbox: Inbox) -> None:
        """Carry commands there and events back; raises `CrashError` or `Stopping`."""
        deadline = time.monotonic() + self._terms.start_s
        while True:
            for command in inbox.take():
                self._order(child, command)
            told = child.wait(inbox.waker, deadline - time.monotonic())
            if told and ears.hear(child):
                deadline = time.monotonic() + self._terms.hang_s
            # What lies in the pipe may be older than a sign of life behind it, but not for ever.
            elif time.monotonic() >= deadline + (self._terms.hang_s if told else 0.0):
                child.dump(ABORT)
                raise CrashError("no sign of life")

    def _order(self, child: Process, command: Command) -> None:
        """Pass a command on, or refuse it; what was passed on once is never passed on again."""
        match command:
            case Cancel(of=of) | PersonAnswered(of=of):
                if of in self._open:
                    child.send(frames.pack(command))
            case _ if self._status.error is not None and self._status.error.reason is Reason.CRASHED:
                self._tell(Failed(role=self.role, id=command.id, error=self._status.error))
            case _ if not isinstance(command, codec.AnyCommand):
                self._tell(Failed(role=self.role, id=command.id, error=unsupported(command)))
            case _:
                self._pass_on(child, command)

    def _pass_on(self, child: Process, command: Command) -> None:
        try:
            frame = frames.pack(command)
        except ValueError as error:
            refused = DeviceError(Reason.JOB_REFUSED, Action.CONFIGURATION, str(error))
            self._tell(Failed(role=self.role, id=command.id, error=refused))
            return
        self._open.add(command.id)
        child.send(frame)

    def _see_off(self, child: Process, ears: Ears, inbox: Inbox) -> None:
        """Let the child stop its device, and hear what it still has to say."""
        child.close_input()
        inbox.waker.clear()
        deadline = time.monotonic() + LEAVE
        with suppress(CrashError):  # at the latest when it is gone
            while child.wait(inbox.waker, deadline - time.monotonic()):
                ears.hear(child)

    def _take(self, message: frames.FromChild) -> None:
        """Believe what the child has said, as far as it goes; raises `ValueError`."""
        match message:
            case Counts(values=values):
                self._counters = dict(values)
            case Note(level=level, name=name, text=text):
                _log.log(min(level, logging.ERROR), "%s: %s", name, text)
            case frames.Event(event=event):
                self._told(event)

    def _told(self, event: Event) -> None:
        if event.role != self.role:
            raise ValueError("an event of another device")
        match event:
            case StatusChanged(status=status):
                self._report(status)
            case Answer(id=command_id) if command_id not in self._open:
                return  # a command has one final answer, and nothing after it
            case Answer(id=command_id, final=True):
                self._open.discard(command_id)
                self._tell(event)
            case _:
                self._tell(event)

    def _crashed(self, what: str) -> DeviceError:
        """What a crash means after those before it."""
        _log.warning("%s: child process: %s", self.role, what)
        now = time.monotonic()
        while self._crashes and now - self._crashes[0] > CRASH_WINDOW:
            self._crashes.popleft()
        self._crashes.append(now)
        action = Action.WAIT if len(self._crashes) < CRASHES else Action.MAINTENANCE
        return DeviceError(Reason.CRASHED, action, what.partition("\n")[0])

    def _down(self, error: DeviceError) -> None:
        self._report(when_down(self._status, error))
        self._refuse_all(error)

    def _rest(self, inbox: Inbox, error: DeviceError) -> None:
        """Wait before the next child; commands fail at once."""
        end = time.monotonic() + min(LONGEST_RETRY, FIRST_RETRY * 2 ** (len(self._crashes) - 1))
        while (left := end - time.monotonic()) > 0:
            inbox.waker.wait(left)
            for command in inbox.take():
                if not isinstance(command, Cancel | PersonAnswered):
                    self._tell(Failed(role=self.role, id=command.id, error=error))

    def _refuse_all(self, error: DeviceError) -> None:
        for command_id in sorted(self._open):
            self._tell(Failed(role=self.role, id=command_id, error=error))
        self._open.clear()

    def _report(self, status: Status) -> None:
        changed = differences(self._status, status)
        self._status = status
        if changed:
            self._tell(StatusChanged(role=self.role, status=status, changed=changed))

    def _tell(self, event: Event) -> None:
        try:
            self._emit(event)
        except Exception as error:  # noqa: BLE001 - whatever the listener does, the device goes on
            _log.error("%s: listener of %s raised %s", self.role, type(event).__name__, type(error).__name__)


def _ignore(event: Event) -> None:
    """Nobody listens before the start."""
