"""What is asked of a printer or a print queue (RFC 8011, 4), and the jobs that are ours.

A job is known by its name alone, which is made from the id of the command: so it is found again also when the answer to its sending
was lost, and after a restart. No name says anything of a citizen.
"""

import hashlib
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple

from drivers.contract import Document
from drivers.errors import Action, DeviceError, Reason
from drivers.printers import ipp_protocol as ipp
from drivers.printers.ipp_http import Place, Post
from drivers.printers.ipp_protocol import Attribute, Attributes, Group, Operation, Reply, Tag

A4 = "iso_a4_210x297mm"
TRANSIENT = frozenset({Reason.SILENT, Reason.UNPLUGGED, Reason.GARBLED})
_GAP = 0.2  # s between two tries
_LIMIT = 100  # finished jobs looked through, newest first
_USER = "kiosk"
_OK = range(0x0100)
_NOT_POSSIBLE, _NOT_FOUND = 0x0404, 0x0406
_NO_ACCESS = {0x0401, 0x0402, 0x0403, _NOT_FOUND, 0x0407, 0x0501, 0x0503}
_BUSY = {0x0405, 0x0502, 0x0505, 0x0506, 0x0507, 0x050B}  # also: does not accept jobs now
_JOB = ("job-id", "job-name", "job-state", "job-state-reasons", "job-media-sheets-completed", "job-impressions-completed")

Rest = Callable[[float], None]


class JobState(IntEnum):
    """RFC 8011, 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class Job(NamedTuple):
    """How one of our jobs is; `sheets` as far as the printer tells."""

    id: int
    name: str
    state: int
    reasons: tuple[str, ...] = ()
    sheets: int | None = None

    @property
    def ended(self) -> bool:
        """Whether it is over, whatever became of it."""
        return self.state >= JobState.CANCELED

    @property
    def stopping(self) -> bool:
        """Whether it was cancelled, and only the sheet that is moving still comes out."""
        return "processing-to-stop-point" in self.reasons


class Printer:
    """A printer, or a queue in front of one. Every method raises `DeviceError`; `rest` waits between two tries."""

    def __init__(self, place: Place, post: Post, rest: Rest, tries: int = 3) -> None:
        self.place = place
        self._post = post
        self._rest = rest
        self._tries = tries  # failures in a row until it counts as unreachable
        self._requests = 0

    def attributes(self, wanted: Sequence[str]) -> Attributes:
        """How it is."""
        reply = _accepted(self._query(Operation.GET_PRINTER_ATTRIBUTES, [_wanted(wanted)]))
        return next(iter(reply.of(Group.PRINTER)), {})

    def jobs(self, which: str) -> list[Job]:
        """Its jobs: `completed`, that is at their end whatever it was, or `not-completed`."""
        about = [Attribute(Tag.KEYWORD, "which-jobs", (which,)), _wanted(_JOB)]
        if which == "completed":
            about.append(Attribute(Tag.INTEGER, "limit", (_LIMIT,)))
        reply = _accepted(self._query(Operation.GET_JOBS, about))
        return [job for group in reply.of(Group.JOB) if (job := _job(group))]

    def job(self, job_id: int) -> Job | None:
        """How a job is; None when it is not known any more."""
        reply = self._query(Operation.GET_JOB_ATTRIBUTES, [_id(job_id), _wanted(_JOB)])
        if reply.status == _NOT_FOUND:
            return None
        return next((job for group in _accepted(reply).of(Group.JOB) if (job := _job(group))), None)

    def send(self, name: str, document: Document, options: Sequence[Attribute]) -> int | None:
        """Send a document, once and never again; the job's id, None when the answer did not say it."""
        about = [Attribute(Tag.NAME, "job-name", (name,)), Attribute(Tag.MIME, "document-format", ("application/pdf",))]
        reply = _accepted(self._ask(Operation.PRINT_JOB, about, options, document.pdf), Reason.JOB_REFUSED)
        return next((number for group in reply.of(Group.JOB) if (number := ipp.number(group, "job-id"))), None)

    def cancel(self, job_id: int) -> None:
        """Take a job back; one that has ended already, or is not known any more, is no error."""
        reply = self._query(Operation.CANCEL_JOB, [_id(job_id)])
        if reply.status not in {_NOT_POSSIBLE, _NOT_FOUND}:
            _accepted(reply)

    def purge(self, job_id: int) -> None:
        """Let a CUPS queue forget a job that has ended, and delete its document."""
        self._ask(Operation.CANCEL_JOB, [_id(job_id), Attribute(Tag.BOOLEAN, "purge-job", (True,))])

    def _query(self, operation: Operation, about: Sequence[Attribute]) -> Reply:
        """Ask what may be asked twice."""
        for _ in range(self._tries - 1):
            try:
                return self._ask(operation, about)
            except DeviceError as error:
                if error.reason not in TRANSIENT:
                    raise
            self._rest(_GAP)
        return self._ask(operation, about)

    def _ask(self, operation: Operation, about: Sequence[Attribute], job: Sequence[Attribute] = (), document: bytes = b"") -> Reply:
        self._requests = self._requests % 0x7FFFFFFF + 1
        where = Attribute(Tag.URI, "printer-uri", (self.place.url,))
        who = Attribute(Tag.NAME, "requesting-user-name", (_USER,))
        head = ipp.request(operation, self._requests, [where, *about, who], job)
        reply = ipp.parse(self._post(self.place, [head, document] if document else [head]))
        if reply.request_id != self._requests:
            raise DeviceError(Reason.GARBLED, Action.CLEAR, "the answer to another request")
        return reply



class OwnJobs:
    """The jobs on a printer whose names are ours; `owner` keeps two terminals on one printer apart."""

    def __init__(self, printer: Printer, owner: str) -> None:
        self._printer = printer
        self._prefix = f"kiosk-{_digest(owner, 8)}-"

    def name(self, command_id: str) -> str:
        """The name of the job for this command: always the same one."""
        return self._prefix + _digest(command_id, 16)

    def find(self, name: str) -> Job | None:
        """The job of this name, whether it is still to come or over."""
        for which in ("not-completed", "completed"):
            for job in self._printer.jobs(which):
                if job.name == name:
                    return job
        return None

    def clear(self) -> int:
        """Cancel all that are left; how many there were."""
        left = [job for job in self._printer.jobs("not-completed") if job.name.startswith(self._prefix) and not job.stopping]
        for job in left:
            self._printer.cancel(job.id)
        return len(left)


def options(document: Document, printer: Attributes, seconds: int) -> list[Attribute]:
    """How a document is printed, as far as the printer knows the words; a queue cancels it by itself after `seconds` of work."""
    sides = "two-sided-long-edge" if document.two_sided else "one-sided"
    mode = "color" if document.color else "monochrome"
    chosen = [Attribute(Tag.INTEGER, "copies", (document.copies,)), Attribute(Tag.KEYWORD, "media", (A4,))]
    if sides in ipp.words(printer, "sides-supported"):
        chosen.append(Attribute(Tag.KEYWORD, "sides", (sides,)))
    if mode in ipp.words(printer, "print-color-mode-supported"):
        chosen.append(Attribute(Tag.KEYWORD, "print-color-mode", (mode,)))
    if "device-uri" in printer:
        chosen.append(Attribute(Tag.INTEGER, "job-cancel-after", (seconds,)))
    return chosen


def _accepted(reply: Reply, otherwise: Reason = Reason.HARDWARE) -> Reply:
    detail = f"IPP status {reply.status:#06x}"
    match reply.status:
        case status if status in _OK:
            return reply
        case status if status in _NO_ACCESS:
            raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, detail)
        case status if status in _BUSY:
            raise DeviceError(otherwise, Action.WAIT, detail)
        case _:
            raise DeviceError(otherwise, Action.MAINTENANCE, detail)


def _wanted(names: Sequence[str]) -> Attribute:
    return Attribute(Tag.KEYWORD, "requested-attributes", names)


def _id(job_id: int) -> Attribute:
    return Attribute(Tag.INTEGER, "job-id", (job_id,))


def _job(group: Attributes) -> Job | None:
    job_id, state = ipp.number(group, "job-id"), ipp.number(group, "job-state")
    if job_id is None or state is None:
        return None
    sheets = ipp.number(group, "job-media-sheets-completed")
    sheets = ipp.number(group, "job-impressions-completed") if sheets is None else sheets
    return Job(job_id, ipp.word(group, "job-name"), state, ipp.words(group, "job-state-reasons"), sheets)


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
