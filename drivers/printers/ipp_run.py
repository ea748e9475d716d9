"""One document on its way: looked up, sent, followed, and taken back when it fails."""

import logging
import time
from collections.abc import Callable, Sequence

from drivers.contract import Document, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.printers.ipp_jobs import TRANSIENT, Job, JobState, OwnJobs, Printer
from drivers.printers.ipp_protocol import Attribute
from drivers.printers.ipp_supplies import shown
from drivers.printers.ipp_watch import Watch

_log = logging.getLogger(__name__)

_LATE = 5.0  # s for which a job is looked for whose sending was not answered
_CUT_OFF = 1.0  # s for the same where a Cancel broke off the sending: the printer has not got all of it
_TAKEN_BACK = 5.0  # s for a cancelled job to end
_GLANCE = 0.2  # s


class Run:
    """One job; `look` tells how the printer is now, `told` is called with the number of sheets each time it has changed."""

    def __init__(self, link: Link, printer: Printer, jobs: OwnJobs, *, look: Callable[[], Status], told: Callable[[int], None]) -> None:
        self.sheets = 0
        self._link = link
        self._printer = printer
        self._jobs = jobs
        self._look = look
        self._told = told
        self._begun = False

    def send(self, name: str, document: Document, options: Sequence[Attribute]) -> int:
        """Id of the job of this name: sent now, unless it was sent before. Raises `DeviceError` when it did not get there."""
        if found := self._jobs.find(name):
            return found.id
        self._link.check()
        try:
            job_id = self._printer.send(name, document, options)
            return self._late(name, _NO_ID) if job_id is None else job_id
        except DeviceError as error:
            if error.reason not in TRANSIENT | {Reason.CANCELED}:
                raise
            return self._late(name, error)

    def follow(self, job_id: int, watch: Watch, seconds: float) -> None:
        """Return when the job is printed; looked at every so many seconds. Raises `DeviceError` for whatever else becomes of it."""
        while True:
            self._link.check()
            job = self._printer.job(job_id)
            if job is None:
                raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, "printed perhaps: the printer has forgotten the job")
            self._progress(job)
            if error := fault(job):
                raise error
            if job.ended:
                return
            status = self._look()
            self._link.report(status)
            self._begin(job, status)
            watch.judge(job, status.error)
            self._link.pause(seconds)

    def take_back(self, job_id: int) -> bool:
        """Cancel the job and wait for its end; whether it was printed all the same. Never raises a `DeviceError`."""
        deadline = time.monotonic() + _TAKEN_BACK
        try:
            self._printer.cancel(job_id)
            while (job := self._printer.job(job_id)) and not (job.ended or job.stopping) and time.monotonic() < deadline:
                rest(self._link, _GLANCE)
        except DeviceError as error:
            _log.warning("%s: a job could not be taken back and will be as soon as possible: %s", self._link.role, error)
            return False
        if job is None:
            return False
        self._progress(job)
        return job.state == JobState.COMPLETED and fault(job) is None

    def _late(self, name: str, error: DeviceError) -> int:
        """The job whose sending was not answered may have come to be, or still come; raises `error` when it does not."""
        deadline = time.monotonic() + (_CUT_OFF if error.reason is Reason.CANCELED else _LATE)
        while not (found := self._jobs.find(name)):
            if time.monotonic() >= deadline:
                raise error
            rest(self._link, _GLANCE)
        return found.id

    def _begin(self, job: Job, status: Status) -> None:
        if not self._begun and job.state == JobState.PROCESSING and status.error is None:
            self._begun = True
            self._told(0)

    def _progress(self, job: Job) -> None:
        if job.sheets is not None and job.sheets > self.sheets:
            self._begun = True
            self.sheets = job.sheets
            self._told(job.sheets)


def rest(link: Link, seconds: float) -> None:
    """Wait, also while a Cancel is being carried out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        link.mind()
        link.port.rest(deadline)
    link.mind()


_NO_ID = DeviceError(Reason.GARBLED, Action.CLEAR, "the answer does not name the job")


def fault(job: Job) -> DeviceError | None:
    """Why a job will not be printed any more, or was not; CUPS stops a job that its filters cannot read, and keeps it."""
    detail = shown(" ".join(job.reasons))
    with_errors = "job-completed-with-errors" in job.reasons
    match job.state:
        case JobState.COMPLETED if with_errors:
            return DeviceError(Reason.HARDWARE, Action.MAINTENANCE, detail)
        case JobState.CANCELED:
            return DeviceError(Reason.CANCELED, Action.WAIT, f"at the printer: {detail}")
        case JobState.ABORTED:
            return DeviceError(Reason.JOB_REFUSED, Action.MAINTENANCE, detail)
        case JobState.STOPPED if with_errors:
            return DeviceError(Reason.JOB_REFUSED, Action.MAINTENANCE, detail)
        case _:
            return None
