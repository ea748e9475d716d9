"""Jobs and mechanism of the bench A4 printer: sheets come out one after the other, as long as nothing is wrong."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers.bench.a4_papers import Papers, pages
from drivers.bench.state import State

PENDING, PROCESSING, STOPPED, CANCELED, ABORTED, COMPLETED = 3, 5, 6, 7, 8, 9
_KEPT = 100  # finished jobs remembered


@dataclass(kw_only=True)
class Job:
    """A job; `cancelled` is that it was asked to stop, which it does when the sheet that moves is out."""

    id: int
    name: str
    owner: str
    pdf: bytes
    copies: int
    two_sided: bool
    color: bool
    pages: int = field(init=False)
    made: float = field(default_factory=time.monotonic)
    state: int = PENDING
    reasons: list[str] = field(default_factory=lambda: ["none"])
    done: int = 0
    cancelled: bool = False
    paper: int = 0

    def __post_init__(self) -> None:
        self.pages = pages(self.pdf)

    @property
    def sheets(self) -> int:
        """Sheets it needs."""
        return self.copies * ((self.pages + 1) // 2 if self.two_sided else self.pages)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.state >= CANCELED

    def about(self) -> dict[str, Any]:
        """What is written down of its paper."""
        ends = {CANCELED: "canceled", ABORTED: "aborted", COMPLETED: "completed"}
        return {
            "pages": self.pages,
            "copies": self.copies,
            "two_sided": self.two_sided,
            "color": self.color,
            "sheets": self.done,
            "ended": ends.get(self.state, ""),
        }


class Engine:
    """The queue inside the printer and the sheet that is moving."""

    def __init__(self, state: State, folder: Path) -> None:
        self.jobs: list[Job] = []
        self._state = state
        self._papers = Papers(folder / "papers")
        self._fed_at: float | None = None  # when the sheet that moves began to

    @property
    def trouble(self) -> dict[str, str]:
        """What keeps it from printing: words of printer-state-reasons."""
        values = self._state.now()
        found = {
            "media-empty": values["media"] == "out",
            "cover-open": values["cover"] == "open",
            "media-jam": values["jam"],
            "toner-empty": values["toner"] == 0,
            "output-area-full": values["output"] == "full",
        }
        return {reason: "error" if self.current else "warning" for reason, holds in found.items() if holds}

    @property
    def current(self) -> Job | None:
        """The job that is printed, or would be."""
        return next((job for job in self.jobs if not job.ended), None)

    def take(self, job: Job) -> None:
        """A job has come."""
        over = [old for old in self.jobs if old.ended]
        for old in over[:-_KEPT]:
            self.jobs.remove(old)
        self.jobs.append(job)

    def cancel(self, job: Job) -> None:
        """The job shall stop; one that has not begun is over at once."""
        job.cancelled = True
        if job.state == PENDING:
            self._end(job, CANCELED, "job-canceled-by-user")
        else:
            job.reasons = ["processing-to-stop-point"]

    def work(self) -> None:
        """Do what can be done now."""
        job, values = self.current, self._state.now()
        if job is None or values["paused"]:
            return
        if values["panel_cancel"] and job.state == PROCESSING:
            self._state.set(panel_cancel=False)
            self.cancel(job)
        if values["abort"] and not job.cancelled:
            self._end(job, ABORTED, values["abort"])
        elif self._fed_at is not None:
            self._move(job, values)
        elif job.cancelled:
            self._end(job, CANCELED, "job-canceled-by-user")
        elif self.trouble:
            job.state, job.reasons = STOPPED, ["printer-stopped"]
        else:
            self._feed(job)

    def _feed(self, job: Job) -> None:
        if job.done >= job.sheets:
            self._end(job, COMPLETED, "job-completed-successfully")
            return
        if not job.paper:
            job.paper = self._papers.begin(job.pdf, job.about())
        job.state, job.reasons = PROCESSING, ["job-printing"]
        self._fed_at = time.monotonic()

    def _move(self, job: Job, values: Mapping[str, Any]) -> None:
        """A jam catches the sheet that moves; all else lets it out."""
        if values["jam"]:
            self._fed_at = None
        elif self._fed_at is not None and time.monotonic() >= self._fed_at + 60 / values["speed_ppm"]:
            self._fed_at = None
            job.done += 1
            self._papers.tell(job.paper, job.about())
            self._count_sheet(values)

    def _count_sheet(self, values: Mapping[str, Any]) -> None:
        """What happens after so many more sheets."""
        happenings: dict[str, dict[str, Any]] = {
            "media_after_sheets": {"media": "out"},
            "cover_after_sheets": {"cover": "open"},
            "jam_after_sheets": {"jam": True},
            "gone_after_sheets": {"unplugged": True},
        }
        for key, change in happenings.items():
            if (left := values[key]) is not None:
                self._state.set(**({key: left - 1} if left > 1 else {key: None} | change))

    def _end(self, job: Job, state: int, reason: str) -> None:
        job.state, job.reasons, self._fed_at = state, [reason], None
        if job.paper:
            self._papers.tell(job.paper, job.about())
        if self._state.now()["forgets"]:
            self.jobs.remove(job)
