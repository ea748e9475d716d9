"""The line to the office as a device: requests go in, each is answered exactly once, and one that hangs holds up no other."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drivers.contract import Answer, Cancel, Command, Emit, Failed
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.backend.messages import OFFICE, Ask, Refused, Replied, ReportPrint
from kiosk.backend.numbers import is_ours
from kiosk.backend.offline import Offline
from kiosk.backend.pulse import Pulse
from kiosk.backend.reports import Reports
from kiosk.errors import BackendError, BackendReason

if TYPE_CHECKING:
    from kiosk.backend.client import OfficeClient

_WORKERS = 3
_GRACE_SECONDS = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A command in the inbox, with the handle to give it up."""

    command: Command
    abort: Abort = field(default_factory=Abort)


class OfficeLine:
    """Implements `drivers.contract.Device` for the role `office`.

    An Ask is answered by Replied or Refused, or by Failed with reason `canceled` after Cancel or when the line stops. The
    status is ONLINE or POWER_OFF. Print reports go through the outbox at `outbox` and reach the office in the end even when
    they are refused for now (Cancel does not concern them); without an outbox they are sent like anything else. With `numbers`, a
    file, queue tickets are given from reserved numbers while the office is away (`clock` gives local time with offset), and the
    role `numbers` tells whether that can be done. `came_up` is called, in one of the line's threads, each time the office is there.
    """

    def __init__(
        self,
        access: OfficeAccess,
        *,
        outbox: Path | None = None,
        numbers: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        came_up: Callable[[], None] = lambda: None,
    ) -> None:
        self._access = access
        self._tell_up = came_up
        self._client_lock = threading.Lock()
        self._the_client: OfficeClient | None = None
        self._inbox: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._jobs_lock = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        self._stopping = False
        self._pulse = Pulse(access, self._client, self._changed)
        self._reports = Reports(outbox, self._client, self._pulse) if outbox else None
        self._offline = Offline(numbers, self._client, clock) if numbers else None
        self._workers: list[threading.Thread] = []

    def start(self, emit: Emit) -> None:
        """Begin to answer and to watch whether the office is there."""
        self._workers = [threading.Thread(target=self._work, args=(emit,), name=f"office-{n}", daemon=True) for n in range(_WORKERS)]
        for worker in self._workers:
            worker.start()
        if self._reports:
            self._reports.start(emit)
        if self._offline:
            self._offline.start(emit)
        self._pulse.start(emit)

    def do(self, command: Command) -> None:
        """Put the command into the inbox and return at once; after `stop` nothing is taken in."""
        match command:
            case Cancel(of=of):
                with self._jobs_lock:
                    job = self._jobs.get(of)
                if job:
                    job.abort.abort()
            case Ask(request=ReportPrint(ticket=ticket)) if self._reports and not self._stopping and not is_ours(ticket):
                self._reports.put(command)
            case _:
                self._take(_Job(command))

    def stop(self) -> None:
        """End all threads. What is not answered yet answers `canceled` before this returns; reports stay in the outbox."""
        with self._jobs_lock:
            self._stopping = True
            jobs = tuple(self._jobs.values())
        for job in jobs:
            job.abort.abort()
        for _ in self._workers:
            self._inbox.put(None)
        end = time.monotonic() + self._access.total + _GRACE_SECONDS
        ended = self._pulse.stop(end - time.monotonic())
        if self._reports:
            ended &= self._reports.stop(end - time.monotonic())
        if self._offline:
            ended &= self._offline.stop(end - time.monotonic())
        for worker in self._workers:
            worker.join(max(0.0, end - time.monotonic()))
            ended &= not worker.is_alive()
        if not ended:
            _log.error("a thread of the office line did not end")

    def _take(self, job: _Job) -> None:
        with self._jobs_lock:
            if self._stopping:
                return
            self._jobs[job.command.id] = job
            self._inbox.put(job)

    def _work(self, emit: Emit) -> None:
        while job := self._inbox.get():
            answer = self._answer(job)
            with self._jobs_lock:
                self._jobs.pop(job.command.id, None)
            emit(answer)

    def _answer(self, job: _Job) -> Answer:
        command = job.command
        if not isinstance(command, Ask):
            unsupported = DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, type(command).__name__)
            return Failed(role=OFFICE, id=command.id, error=unsupported)
        if job.abort.aborted.is_set():
            return _canceled(command)
        if (local := self._without_office(command)) is not None:
            return Replied(id=command.id, reply=local)
        return self._asked(command, job.abort)

    def _asked(self, command: Ask, abort: Abort) -> Answer:
        try:
            reply = self._client().ask(command.request, abort)
        except BackendError as error:
            if abort.aborted.is_set():
                return _canceled(command)
            self._pulse.failed(error)
            local = self._offline.failed(command.request, error) if self._offline else None
            return Refused(id=command.id, error=error) if local is None else Replied(id=command.id, reply=local)
        except Exception as error:  # noqa: BLE001 the citizen who waits gets an answer whatever is wrong here
            # without traceback or message: both may hold what a citizen typed
            _log.error("request failed: %s", type(error).__name__)
            return Refused(id=command.id, error=BackendError(BackendReason.BROKEN, type(error).__name__))
        self._pulse.answered()
        return Replied(id=command.id, reply=reply)

    def _client(self) -> "OfficeClient":
        from kiosk.backend.client import OfficeClient  # noqa: PLC0415 importing requests belongs to this line's threads

        with self._client_lock:
            if self._the_client is None:
                self._the_client = OfficeClient(self._access)
            return self._the_client

    def _without_office(self, command: Ask) -> object | None:
        """What needs no office: the paper of a ticket it does not know, and anything that can be said while it is known to be away."""
        match command.request:
            case ReportPrint() as report if is_ours(report.ticket) and self._offline:
                known = self._offline.printed(report)
                if known is not None and self._reports:
                    self._reports.put(Ask(id=f"{command.id}-office", request=known))
                return report
            case request:
                return self._offline.while_away(request) if self._offline else None

    def _changed(self, up: bool) -> None:  # noqa: FBT001 - a callback with the one value it has
        if self._offline:
            self._offline.office(up=up)
        if up and self._reports:
            self._reports.wake()
        if up:
            self._tell_up()


def _canceled(command: Ask) -> Failed:
    return Failed(role=OFFICE, id=command.id, error=DeviceError(Reason.CANCELED, Action.WAIT))
