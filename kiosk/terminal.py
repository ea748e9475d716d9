"""Session, devices and journal put together: where commands go out and events come in.

`handle` and the session run in one thread; whatever must reach the disk is written by one other thread, so that a slow disk never
holds the screen, and a command with an act leaves only after its journal row is on the disk.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import ParamSpec

import apsw

from drivers.contract import Answer, Cancel, Command, Device, Emit, Event, Failed, Frame
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import Ask, Refused
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Act
from kiosk.journal import Journal, Outcome
from kiosk.place import Place, Show
from kiosk.session import Session

log = logging.getLogger(__name__)

P = ParamSpec("P")


class Terminal:
    """One machine. `post` must bring an event from any thread to `handle` in the session's thread."""

    def __init__(
        self,
        place: Place,
        devices: Mapping[str, Device],
        journal: Journal,
        *,
        show: Show,
        post: Emit,
        clock: Callable[[], datetime],
    ) -> None:
        self._devices, self._journal = devices, journal
        self._post, self._clock = post, clock
        self._open_acts: set[str] = set()
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self.session = Session(place, self._send, show)

    def begin(self) -> None:
        """Show the first screen; nothing has been started yet."""
        self.session.begin()

    def start(self) -> None:
        """Close what a crash left open, and start the devices."""
        self._write(self._close_interrupted)
        for device in self._devices.values():
            device.start(self._post)

    def handle(self, event: Event) -> None:
        """Take one event in."""
        if isinstance(event, Answer) and event.final and event.id in self._open_acts:
            self._open_acts.remove(event.id)
            self._write(self._end_act, event.id, _outcome(event))
        self.session.handle(event)

    def stop(self) -> None:
        """Stop all devices and write what is still to be written."""
        for device in self._devices.values():
            device.stop()
        self._disk.shutdown()
        self._journal.close()

    def do(self, command: Command) -> None:
        """Pass a command to its device; where this terminal has none, it fails."""
        device = self._devices.get(command.role)
        if device is None:
            error = DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION)
            self._post(Failed(role=command.role, id=command.id, error=error))
        else:
            device.do(command)

    def preview(self, role: str) -> Frame | None:
        """What the camera of the device sees now (`drivers.contract.Preview`); None when there is none, or nothing new."""
        found: Frame | None = getattr(self._devices.get(role), "newest", None)
        return found

    # -- commands ------------------------------------------------------------------------------------------------------------

    def _send(self, command: Command, act: Act | None) -> None:
        match command:
            case Cancel(of=of) if of in self._open_acts:
                self._write(self.do, command)  # behind the command it cancels, which waits for the disk
            case _ if act is not None:
                self._open_acts.add(command.id)
                self._write(self._begin_act, command, act)
            case _:
                self.do(command)

    def _write(self, job: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        self._disk.submit(job, *args, **kwargs).add_done_callback(_log_failure)

    # -- in the journal's thread ---------------------------------------------------------------------------------------------

    def _begin_act(self, command: Command, act: Act) -> None:
        """Write, then act; an act that cannot be written is not done, and the citizen is told."""
        try:
            self._journal.begin(command.id, act, self._clock())
        except (apsw.Error, ValueError) as error:
            log.exception("the journal refused an act of kind %s", act.kind)
            self._post(_refusal(command, error))
        else:
            self.do(command)

    def _end_act(self, id_: str, outcome: Outcome) -> None:
        self._journal.end(id_, outcome, self._clock())

    def _close_interrupted(self) -> None:
        """Acts of the run before that nobody saw the end of stay in the journal as such, for the operator."""
        for entry in self._journal.unfinished():
            log.warning("interrupted act: %s %s", entry.act.kind, dict(entry.act.detail))
            self._journal.end(entry.id, Outcome.INTERRUPTED, self._clock())


def _log_failure(done: "Future[None]") -> None:
    error = done.exception()
    if error is not None:
        log.error("writing to the disk failed", exc_info=error)


def _outcome(event: Answer) -> Outcome:
    match event:
        case Refused(error=error):
            return Outcome.UNKNOWN if error.unknown_outcome else Outcome.FAILED
        case Failed(error=error):
            return Outcome.UNKNOWN if error.reason in {Reason.SILENT, Reason.UNPLUGGED, Reason.TIMEOUT} else Outcome.FAILED
        case _:
            return Outcome.DONE


def _refusal(command: Command, error: Exception) -> Event:
    detail = f"journal: {type(error).__name__}"
    if isinstance(command, Ask):
        return Refused(id=command.id, error=BackendError(BackendReason.REFUSED, detail))
    return Failed(role=command.role, id=command.id, error=DeviceError(Reason.HARDWARE, Action.MAINTENANCE, detail))
