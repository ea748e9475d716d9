"""How long a job may take: as long as it gets on, but never for ever."""

import time

import msgspec

from drivers.errors import Action, DeviceError, Reason
from drivers.printers.ipp_jobs import Job, JobState


class Patience(msgspec.Struct, frozen=True):
    """In seconds: for somebody to put right what stops the printer, without any sign of progress, and for a job as a whole."""

    trouble: float
    quiet: float
    whole: float


class Watch:
    """Over one job, from the moment it was sent."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._began = self._moved = time.monotonic()
        self._stuck: float | None = None
        self._seen: tuple[int, int | None] | None = None

    def judge(self, job: Job, error: DeviceError | None) -> None:
        """Raise the `DeviceError` to give the job up for: what stops the printer (`error`), or that nothing happens (TIMEOUT)."""
        now = time.monotonic()
        if self._seen != (seen := (job.state, job.sheets)) or (error is None and self._stuck is not None):
            self._seen, self._moved = seen, now
        if error is None or error.action is Action.WAIT:
            self._stuck = None
        else:
            self._stuck = now if self._stuck is None else self._stuck
            self._stopped(now - self._stuck, error)
        if now - self._began >= self._patience.whole or (error is None and now - self._moved >= self._patience.quiet):
            raise error or _nothing(job)

    def _stopped(self, seconds: float, error: DeviceError) -> None:
        if error.action is Action.MAINTENANCE:
            raise error
        if seconds >= self._patience.trouble:
            raise DeviceError(error.reason, error.action, f"not put right within {self._patience.trouble:g} s: {error.detail}")


def _nothing(job: Job) -> DeviceError:
    """It waits behind others' jobs, or nobody knows."""
    waits = job.state in {JobState.PENDING, JobState.HELD}
    return DeviceError(Reason.TIMEOUT, Action.WAIT if waits else Action.MAINTENANCE, f"job state {job.state}, nothing happens")
