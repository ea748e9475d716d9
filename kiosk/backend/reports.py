"""Reports on their way to the office: on disk first, then sent in order by one thread until the office has answered each."""

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from drivers.contract import Emit, Failed
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.abort import Abort
from kiosk.backend.messages import OFFICE, Ask, Refused, Replied, ReportPrint
from kiosk.backend.outbox import Kept, Outbox
from kiosk.backend.pulse import Pulse
from kiosk.errors import BackendError, BackendReason

if TYPE_CHECKING:
    from kiosk.backend.client import OfficeClient

_DEFINITE = {BackendReason.NOT_FOUND, BackendReason.REFUSED, BackendReason.CLOSED}  # the office would say so again
_ONE_TICKET = {BackendReason.BROKEN}  # may be due to this report, so those of other tickets go on
_TRY_AGAIN_SECONDS = 60.0
_log = logging.getLogger(__name__)


class Reports:
    """Sends print reports from an outbox at `path`. A report that was refused for good is logged and forgotten."""

    def __init__(self, path: Path, client: "Callable[[], OfficeClient]", pulse: Pulse) -> None:
        self._path = path
        self._client = client
        self._pulse = pulse
        self._inbox: queue.SimpleQueue[Ask | None] = queue.SimpleQueue()
        self._asking: dict[ReportPrint, str] = {}
        self._ending = threading.Event()
        self._abort = Abort()
        self._thread: threading.Thread | None = None

    def start(self, emit: Emit) -> None:
        """Begin to send what is waiting."""
        self._thread = threading.Thread(target=self._run, args=(emit,), name="office-reports", daemon=True)
        self._thread.start()

    def stop(self, seconds: float) -> bool:
        """Stop sending; what the office has not answered stays on disk. Whether the thread ended within `seconds`."""
        self._ending.set()
        self._abort.abort()
        self._inbox.put(None)
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def put(self, ask: Ask) -> None:
        """Take a report in and return at once; it is answered when the office was asked."""
        self._inbox.put(ask)

    def wake(self) -> None:
        """Try again what is waiting."""
        self._inbox.put(None)

    def _run(self, emit: Emit) -> None:
        outbox = _open(self._path)
        while not self._ending.is_set():
            try:
                self._send_waiting(outbox, emit)
                self._take_in(outbox, _TRY_AGAIN_SECONDS)
            except apsw.Error as error:
                _log.error("the outbox failed: %s", type(error).__name__)
                outbox = _in_memory(self._asking)
        with suppress(apsw.Error):
            self._take_in(outbox, 0)
        for asked in self._asking.values():
            emit(Failed(role=OFFICE, id=asked, error=DeviceError(Reason.CANCELED, Action.WAIT)))
        outbox.close()

    def _take_in(self, outbox: Outbox, seconds: float) -> None:
        """Put new reports on disk; waits for the first, or until it is time to try again."""
        with suppress(queue.Empty):
            ask = self._inbox.get(timeout=seconds)
            while True:
                if ask is not None and isinstance(ask.request, ReportPrint):
                    self._asking[ask.request] = ask.id
                    outbox.put(ask.request)
                ask = self._inbox.get_nowait()

    def _send_waiting(self, outbox: Outbox, emit: Emit) -> None:
        held: set[str] = set()  # tickets with a report that must go first
        failure = BackendError(BackendReason.UNREACHABLE)
        for kept in outbox.waiting():
            if kept.report.ticket in held:
                continue
            if self._ending.is_set():
                return
            try:
                reply = self._client().ask(kept.report, self._abort)
            except BackendError as error:
                failure = error
                self._pulse.failed(error)
                if error.reason not in _DEFINITE and error.reason not in _ONE_TICKET:
                    break
                self._refused(outbox, kept, error, held, emit)
            else:
                outbox.done(kept)
                self._pulse.answered()
                if asked := self._asking.pop(kept.report, None):
                    emit(Replied(id=asked, reply=reply))
        for asked in self._asking.values():
            emit(Refused(id=asked, error=failure))
        self._asking.clear()

    def _refused(self, outbox: Outbox, kept: Kept, error: BackendError, held: set[str], emit: Emit) -> None:
        if error.reason in _DEFINITE:
            _log.error("a print report was refused for good: %s", error)
            outbox.done(kept)
        else:
            held.add(kept.report.ticket)
        if asked := self._asking.pop(kept.report, None):
            emit(Refused(id=asked, error=error))


def _open(path: Path) -> Outbox:
    """The outbox; one in memory if the disk fails, for a report sent now is better than none."""
    try:
        return Outbox(path)
    except apsw.Error as error:
        _log.error("no outbox on disk: %s", type(error).__name__)
        return _in_memory(())


def _in_memory(reports: Iterable[ReportPrint]) -> Outbox:
    outbox = Outbox(Path(":memory:"))
    for report in reports:
        outbox.put(report)
    return outbox
