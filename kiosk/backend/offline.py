"""Queue tickets without the office: numbers reserved each day, given while it cannot be reached, reported as soon as it is back."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from drivers.contract import DeviceState, Emit, Status, StatusChanged
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.abort import Abort
from kiosk.backend.messages import ListQueues, NumberRange, ReportPrint, Request, ReserveNumbers, TakeTicket, Ticket
from kiosk.backend.numbers import Numbers
from kiosk.errors import BackendError, BackendReason

if TYPE_CHECKING:
    from kiosk.backend.client import OfficeClient

NUMBERS = "numbers"  # the role: whether queue numbers can be given, by the office or without it
_AGAIN_SECONDS = 60.0
_NOT_NOW = {BackendReason.UNREACHABLE, BackendReason.TIMEOUT, BackendReason.RATE_LIMITED, BackendReason.UNAUTHORISED}
_log = logging.getLogger(__name__)


class Offline:
    """Answers what can be answered without the office, and settles it with the office afterwards; `clock` gives local time with offset."""

    def __init__(self, path: Path, client: "Callable[[], OfficeClient]", clock: Callable[[], datetime]) -> None:
        self._path = path
        self._client = client
        self._clock = clock
        self._numbers: Numbers | None = None
        self._reserved_for: date | None = None
        self._online: bool | None = None
        self._told: DeviceState | None = None
        self._emit: Emit | None = None
        self._unclear: set[str] = set()  # nonces of tickets the office may have given
        self._wake = threading.Event()
        self._ending = False
        self._abort = Abort()
        self._thread = threading.Thread(target=self._run, name="office-numbers", daemon=True)

    def start(self, emit: Emit) -> None:
        """Open the file and begin to settle what is open."""
        self._emit = emit
        try:
            self._numbers = Numbers(self._path)
        except apsw.Error as error:
            _log.error("no numbers can be kept for the time without an office: %s", type(error).__name__)
        self._tell()
        self._thread.start()

    def stop(self, seconds: float) -> bool:
        """Stop; whether the thread ended within `seconds`. What is not settled stays on disk."""
        self._ending = True
        self._abort.abort()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        if self._numbers is not None and not self._thread.is_alive():
            self._numbers.close()
        return not self._thread.is_alive()

    def office(self, *, up: bool) -> None:
        """The office came or went."""
        self._online = up
        self._tell()
        if up:
            self._wake.set()

    def failed(self, request: Request, error: BackendError) -> object | None:
        """What the terminal itself can say to a request that failed: see `answer`.

        A ticket that may have been given by the office is not given here, now or later.
        """
        if isinstance(request, TakeTicket) and error.unknown_outcome and error.sent:
            self._unclear.add(request.nonce)
        return None if error.sent else self.answer(request)

    def while_away(self, request: Request) -> object | None:
        """The same at once, without asking an office that is known to be away."""
        return self.answer(request) if self._online is False else None

    def answer(self, request: Request) -> object | None:
        """Queues and plain tickets from the reserved numbers; None for anything else, and where there are none."""
        if self._numbers is None or (isinstance(request, TakeTicket) and request.nonce in self._unclear):
            return None
        now = self._clock()
        try:
            match request:
                case ListQueues():
                    return self._numbers.queues(now.date()) or None
                case TakeTicket(item="", review=""):
                    ticket = self._numbers.take(request, now)
                    self._tell()
                    return ticket
                case _:
                    return None
        except apsw.Error as failure:
            _log.error("a number could not be taken from its range: %s", type(failure).__name__)
            return None

    def printed(self, report: ReportPrint) -> ReportPrint | None:
        """Take the print report of a ticket of ours; where the office knows the ticket by now, the report it wants of it."""
        if self._numbers is None:
            return None
        try:
            known = self._numbers.printed(report.ticket, report.state)
        except apsw.Error as error:
            _log.error("a print report could not be kept: %s", type(error).__name__)
            return None
        return replace(report, ticket=known) if known else None

    # -- in the thread -------------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ending:
            if self._online and self._numbers is not None:
                self._settle(self._numbers)
            self._wake.wait(_AGAIN_SECONDS)
            self._wake.clear()

    def _settle(self, numbers: Numbers) -> None:
        """Report first, so that who came first is called first; then reserve for the day."""
        try:
            for report in numbers.unreported():
                known = self._report(report)
                if known is not None:
                    numbers.reported(report.nonce, known)
            today = self._clock().date()
            if self._reserved_for != today:
                ranges = self._client().ask(ReserveNumbers(), self._abort)
                if isinstance(ranges, tuple):
                    numbers.keep(tuple(one for one in ranges if isinstance(one, NumberRange)))
                    self._reserved_for = today
        except apsw.Error as error:
            _log.error("the numbers for the time without an office failed: %s", type(error).__name__)
        except BackendError as error:
            _log.warning("numbers for the time without an office are not settled: %s", error)
        self._tell()

    def _report(self, report: Request) -> str | None:
        """The ticket's id in the office, "" where it is refused for good; None where the office fails at this one.

        BackendError where it can take none now.
        """
        try:
            reply = self._client().ask(report, self._abort)
        except BackendError as error:
            if error.reason in _NOT_NOW:
                raise
            if error.reason is BackendReason.BROKEN:
                _log.warning("a ticket given without the office is reported again later: %s", error)
                return None
            _log.error("a ticket given without the office was refused: %s", error)
            return ""
        return reply.id if isinstance(reply, Ticket) else ""

    def _tell(self) -> None:
        """Numbers can be given while the office is there, or while there are reserved ones."""
        if self._emit is None or self._ending:
            return
        usable = bool(self._online) or self._left()
        state = DeviceState.ONLINE if usable else DeviceState.STARTING if self._online is None else DeviceState.POWER_OFF
        if state is not self._told:
            self._told = state
            error = DeviceError(Reason.SILENT, Action.WAIT, "office away, no numbers reserved") if state is DeviceState.POWER_OFF else None
            self._emit(StatusChanged(role=NUMBERS, status=Status(state=state, error=error), changed=("state",)))

    def _left(self) -> bool:
        try:
            return self._numbers is not None and bool(self._numbers.queues(self._clock().date()))
        except apsw.Error:
            return False
