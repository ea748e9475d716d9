"""A4 printer by IPP, direct or through a CUPS queue (RFC 8010, RFC 8011).

A document is sent once and never again. Its job has a name made from the command's id; it is looked up before the sending, and
again when the answer to the sending was lost. A job that fails is cancelled, and whatever jobs of ours are found in the queue while
none should be there (after a crash, a power cut, an answer that came too late) are cancelled too: a paper that comes out later comes
out in front of somebody else.

Through CUPS the printer itself is asked how it is, at `printer_url` or where the queue prints to (`device-uri`), for CUPS hides that
it is gone; and "completed" means printed only where the queue prints by IPP. A CUPS queue is asked to forget each document at once;
`PreserveJobFiles No` in cupsd.conf does so also for a terminal that was switched off in the middle.
"""

import logging
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Annotated

import msgspec

from drivers.context import Context, DeviceSettings
from drivers.contract import (
    Answer,
    Capabilities,
    Command,
    Document,
    Hardware,
    HealthLevel,
    MediaTo,
    PrintDocument,
    Printed,
    PrintProgress,
    Status,
)
from drivers.counters import SINCE_REPLENISH
from drivers.errors import Action, DeviceError, Reason
from drivers.inbox import Stopping
from drivers.line import Line, Waker
from drivers.link import Link
from drivers.printers.ipp_http import HttpLine, LinkPost, place
from drivers.printers.ipp_jobs import OwnJobs, Printer, options
from drivers.printers.ipp_page import check_page
from drivers.printers.ipp_run import Run, rest
from drivers.printers.ipp_status import LOST, takes_pdf
from drivers.printers.ipp_supplies import Names
from drivers.printers.ipp_view import View
from drivers.printers.ipp_watch import Patience, Watch
from drivers.runner import Driver, Runner, unsupported

_log = logging.getLogger(__name__)

_LAST_WORD = 0.4  # s that a stop may wait for each answer of a printer that takes a job back
_SETTLED = 3.0  # s for a queue to stop its filters; a purge before that would keep it from taking the job back from the printer
_GLANCE = 0.1  # s
_PDF = b"%PDF-"

Seconds = Annotated[float, msgspec.Meta(gt=0)]


class Settings(DeviceSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the printer is and how long it may take. Hosts are numbers or `localhost`; there is no TLS: let a queue speak it.

    `owner` tells this terminal's jobs from those of others at the same printer (the host's name where empty). `trays` and `markers`
    name the supplies of the status and which tray or toner of the printer each is ("" where there is one, or all are meant).
    `patience_s` is for somebody to put right what stops a job, `quiet_s` for a job without any progress, `ceiling_s` for a job.
    """

    url: str
    printer_url: str = ""
    owner: str = ""
    trays: Mapping[str, str] = msgspec.field(default_factory=lambda: {"upper": ""})
    markers: Mapping[str, str] = msgspec.field(default_factory=lambda: {"toner": ""})
    patience_s: Seconds = 60.0
    quiet_s: Seconds = 120.0
    ceiling_s: Seconds = 600.0
    poll_ms: Annotated[int, msgspec.Meta(ge=20)] = 500
    health_ms: Annotated[int, msgspec.Meta(ge=100)] = 3000
    answer_ms: Annotated[int, msgspec.Meta(ge=50)] = 3000


def build(context: Context, settings: Settings) -> Hardware:
    """The printer as a device."""
    driver = IppPrinter(settings, context.role)
    return Runner(context, driver, driver.open)


class IppPrinter(Driver):
    """The printer's side of the runner."""

    def __init__(self, settings: Settings, role: str) -> None:
        self._settings = settings
        self._owner = f"{settings.owner or socket.gethostname()} {role}"
        self._names = Names(settings.trays, settings.markers)
        trays = settings.trays if len(settings.trays) == 1 else {}  # of several nobody knows which one a sheet came from
        self._worn = tuple(f"{supply}{SINCE_REPLENISH}" for supply in (*trays, *settings.markers))
        self._next_health = 0.0
        self._left = 0  # jobs found and cancelled, not counted yet
        self._unfinished = False  # the device was stopped in the midst of a job
        self.capabilities = Capabilities(
            commands=("PrintDocument",),
            parts=("cover", "mechanism"),
            supplies=self._names.all,
            health=(HealthLevel.INTERNAL, HealthLevel.EXTERNAL, HealthLevel.INTERACTIVE),
            counters=("sheetsPrintedCount", "jobsPrintedCount", "failedPrintCount", "canceledJobCount", *self._worn),
        )

    def open(self, waker: Waker) -> Line:
        """The line for a new connection."""
        self._line = HttpLine(self._settings.url, waker)
        return self._line

    def connect(self, link: Link) -> Status:
        """Take back what is left of our jobs, and ask how the printer is and who it is."""
        settings = self._settings
        post = LinkPost(link, self._line, settings.answer_ms / 1000)
        self._view = View(settings.url, settings.printer_url, self._names, lambda url: Printer(place(url), post, partial(rest, link)))
        self._jobs = OwnJobs(self._view.target, self._owner)
        self._clear(link)
        status = self._look()
        if not takes_pdf(self._view.queue):
            raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, "takes no PDF")
        return status

    def handle(self, link: Link, command: Command) -> Answer:
        """PrintDocument."""
        match command:
            case PrintDocument(id=command_id, document=document):
                self._counted(link, command_id, document, partial(_tell, link, command_id))
                return Printed(role=link.role, id=command_id)
            case _:
                raise unsupported(command)

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - a sheet that hangs in the printer cannot be moved
        """Take back all jobs of ours."""
        self._clear(link)
        link.report(self._look())

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: what it says of itself; external: a test page; interactive: and somebody looks at that."""
        status = self._look()
        link.report(status)
        if status.error is not None:
            raise status.error
        findings = {**status.identity, **self._view.findings}
        if level is not HealthLevel.INTERNAL:
            page = check_page(("TEST PAGE", link.role, *(f"{name}: {text}" for name, text in findings.items())))
            self._counted(link, f"check {time.time_ns()}", page, lambda _: None)
        if level is HealthLevel.INTERACTIVE and link.ask("check-print-readable", choices=("yes", "no")) == "no":
            raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, "the test page is not readable")
        return findings

    def idle(self, link: Link) -> None:
        """Ask now and then how the printer is; a job of ours found there came too late."""
        if self._left:  # counted here, for at the connecting nobody knows yet whose count it is
            link.count("canceledJobCount", self._left)
            self._left = 0
        link.pause(self._next_health - time.monotonic())
        if time.monotonic() >= self._next_health:
            self._clear(link)
            link.report(self._look())

    def _look(self) -> Status:
        """How the printer is; raises what makes it unreachable."""
        status = self._view.look()
        if status.error is not None and status.error.reason in LOST:
            raise status.error
        self._next_health = time.monotonic() + self._settings.health_ms / 1000
        return status

    def _counted(self, link: Link, command_id: str, document: Document, told: Callable[[int], None]) -> None:
        run = Run(link, self._view.target, self._jobs, look=partial(self._view.look, printing=True), told=told)
        try:
            self._print(link, run, self._jobs.name(command_id), document)
            link.count("jobsPrintedCount")
        except DeviceError as error:
            link.count("canceledJobCount" if error.reason is Reason.CANCELED else "failedPrintCount")
            raise
        finally:
            for name in ("sheetsPrintedCount", *self._worn):
                link.count(name, run.sheets)
            self._next_health = 0.0

    def _print(self, link: Link, run: Run, name: str, document: Document) -> None:
        if not document.pdf.startswith(_PDF):
            raise DeviceError(Reason.JOB_REFUSED, Action.MAINTENANCE, "not a PDF")
        status = self._look()
        link.report(status)
        if status.error is not None and status.error.action is not Action.WAIT:
            raise status.error
        settings = self._settings
        watch = Watch(Patience(settings.patience_s, settings.quiet_s, settings.ceiling_s))
        try:
            job_id = run.send(name, document, options(document, self._view.queue, int(settings.ceiling_s) + 1))
            try:
                run.follow(job_id, watch, settings.poll_ms / 1000)
            except DeviceError:
                if not run.take_back(job_id):
                    raise
            finally:
                self._forget(link, job_id)
        except Stopping:
            self._unfinished = True
            raise

    def _forget(self, link: Link, job_id: int) -> None:
        """A queue keeps the documents it has printed, by default for a day."""
        if not self._view.is_queue:
            return
        deadline = time.monotonic() + _SETTLED
        with suppress(DeviceError):  # nothing is lost but tidiness: the queue's own settings say how long it keeps them
            while self._view.busy and time.monotonic() < deadline:
                rest(link, _GLANCE)
            self._view.target.purge(job_id)

    def leave(self, link: Link) -> None:
        """Take back what is under way; what cannot be taken back now is when the device is started again."""
        if not self._unfinished:
            return
        self._unfinished = False
        with suppress(DeviceError):
            printer = Printer(place(self._settings.url), LinkPost(link, self._line, _LAST_WORD), lambda _: None, tries=1)
            OwnJobs(printer, self._owner).clear()

    def _clear(self, link: Link) -> None:
        if left := self._jobs.clear():
            self._left += left
            _log.warning("%s: %d jobs that nobody waits for were in the queue and are cancelled", link.role, left)


def _tell(link: Link, command_id: str, sheets: int) -> None:
    link.emit(PrintProgress(role=link.role, id=command_id, sheets=sheets))
