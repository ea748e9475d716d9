"""One paper on an ESC/POS printer, from the first byte to the printer's word that it is printed.

Printed means: after the last byte the printer itself answered, to GS ( H function 48 where it knows that (the data before it is
printed), else to GS r (the data before it is processed, and the status after that is clean). A printer that knows neither
prints, but its jobs fail with `timeOut`, because nobody can tell. Paper end, an open cover or a cutter error in the middle is
not the end: once it is put right the paper is printed again from the top, and the piece begun before is cut off.
"""

import logging
import time
from collections.abc import Iterator

from drivers.contract import DeviceState, Paper
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.printers.escpos_encode import Job, Page, encode
from drivers.printers.escpos_layout import Rom
from drivers.printers.escpos_presenter import PRESENT, RETRACT
from drivers.printers.escpos_settings import Settings
from drivers.printers.escpos_stock import Stock
from drivers.printers.escpos_talk import ASB_ON, Talk

_log = logging.getLogger(__name__)

_INIT, _CUT = b"\x1b@", b"\x1dVB\x00"
_ATTEMPTS = 4  # a paper that is stopped again and again is not printed for ever
_RECOVERIES = 3  # resets can wear a cutter out
_RECOVERY_GAP = 3.0  # s
_MARGIN = 5.0  # s, on top of what line and paper need
_CEILING = 180.0  # s for one attempt, whatever the estimate says
_STALL = 2.0  # s without the printer taking a byte: it has stopped, and while its buffer is full it cannot be asked why
_AGAIN = 2.0  # s between two questions whether it is printed
_HASTE = 0.3  # s that a printer may take for its word when the device is being stopped
_GLANCE = 0.5  # s between two looks at the status while printing
_LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})


class Press:
    """Prints, one paper at a time, and counts: an attempt stopped in the middle counts as a whole paper used, so at most too much."""

    def __init__(self, talk: Talk, settings: Settings, stock: Stock) -> None:
        self._talk = talk
        self._settings = settings
        self._stock = stock
        self._present = PRESENT + bytes([settings.present_steps]) if settings.presents else b""
        self._cut_off = _INIT + _CUT + (RETRACT if settings.presents else b"")
        self._recoveries = 0
        self._next_recovery = 0.0

    def print(self, link: Link, paper: Paper) -> None:
        """Print; raises `DeviceError` when nobody can say that the paper is printed."""
        try:
            self._print(link, paper)
        except DeviceError as error:
            if error.reason is not Reason.CANCELED:
                link.count("failedPrintCount")
            raise
        link.count("paperPrintedCount")

    def reset(self, link: Link) -> None:
        """Recover what can be recovered, forget what was sent, set the printer up anew."""
        self._recoveries = 0
        self._talk.look(link)
        if self._talk.condition.recoverable:
            self._recover(link)
        self._talk.clear(link)
        self._talk.send(link, _INIT + ASB_ON)
        self._talk.look(link)
        self._talk.tell(link)

    def leave(self, link: Link) -> None:
        """The device is being stopped: a paper in the middle must not come out when nobody is there for it."""
        if self._talk.at_risk:
            self._give_up(link, _HASTE)
            self._talk.let_go(link)

    def _print(self, link: Link, paper: Paper) -> None:
        self._clean(link)
        rom = Rom(self._talk.charset, self._settings.four_byte)
        page = Page(columns=self._settings.columns, rom=rom, full_cut=self._settings.full_cut, after_cut=self._present)
        job = encode(paper, page)
        self._talk.at_risk = max(map(len, job.parts))
        try:
            self._until_printed(link, job)
        except DeviceError as error:
            if error.reason not in _LOST:
                self._give_up(link)
            raise
        self._talk.at_risk = self._recoveries = 0

    def _clean(self, link: Link) -> None:
        """Nothing is sent before the printer has said that it can print; raises `DeviceError` when it cannot."""
        end = time.monotonic() + self._settings.patience_s
        if not self._talk.flush(link, self._settings.answer_ms / 1000):
            raise self._talk.condition.stop or DeviceError(Reason.SILENT, Action.CLEAR, "takes no bytes")
        while True:
            self._talk.look(link)
            self._talk.tell(link)
            if self._talk.state is DeviceState.ONLINE:
                self._talk.settle(link, self._settings.answer_ms / 1000)
                return
            if self._talk.state is not DeviceState.DEVICE_BUSY or time.monotonic() >= end:
                raise self._talk.status(link).error or DeviceError(Reason.TIMEOUT, Action.WAIT, "busy")
            self._talk.take(link.listen(_GLANCE))
            link.check()

    def _until_printed(self, link: Link, job: Job) -> None:
        left, attempts = self._settings.patience_s, 1
        while stop := self._attempt(link, job):
            if stop.reason is Reason.CUTTER:
                link.count("failedPaperCutCount")
            began = time.monotonic()
            self._overcome(link, job, stop, began + left)
            left -= time.monotonic() - began
            if attempts == _ATTEMPTS:
                raise DeviceError(stop.reason, stop.action, f"stopped {attempts} times")
            attempts += 1
            self._talk.send(link, self._cut_off)  # what was begun comes off as a piece of its own
        link.count("paperCutCount", attempts)

    def _attempt(self, link: Link, job: Job) -> DeviceError | None:
        """Send the job and wait for the printer's word; what stopped it, None when it is printed."""
        self._stock.used(link, job.length_mm)
        for part in self._parts(job):
            if stop := self._send(link, part, self._seconds(job)):
                return stop
        self._talk.mark(link)
        end, again = self._talk.line_free + self._seconds(job), self._talk.line_free + self._expected(job)
        heard = 0.0
        while True:
            if self._talk.take(link.listen(_GLANCE)) or self._talk.glance(link):
                heard = time.monotonic()
            if time.monotonic() >= again and not self._talk.marked and self._talk.state is DeviceState.ONLINE:
                self._talk.mark(link)  # noise may have swallowed its word
                again = time.monotonic() + _AGAIN
            if self._talk.marked and self._talk.confirms:
                return None
            if self._talk.marked:
                self._talk.observe(link)
            self._talk.tell(link)
            if self._talk.marked or self._talk.condition.stop:
                return self._talk.condition.stop
            link.check()  # a printer that talks without end must not keep a Cancel from being heard
            self._still_in_time(end, heard)

    def _parts(self, job: Job) -> Iterator[bytes]:
        first, *others = job.parts
        yield first + ASB_ON
        yield from others

    def _send(self, link: Link, part: bytes, seconds: float) -> DeviceError | None:
        self._talk.backlog = part
        end, stall = self._talk.line_free + seconds, time.monotonic() + _STALL
        while True:
            before = len(self._talk.backlog)
            sent = self._talk.flush(link, _GLANCE)
            link.check()
            self._talk.take(link.drain())
            self._talk.tell(link)
            if sent or self._talk.condition.stop:
                return self._talk.condition.stop
            now = time.monotonic()
            stall = now + _STALL if len(self._talk.backlog) < before else stall
            if now >= min(end, stall):
                return DeviceError(Reason.SILENT, Action.CLEAR, "takes no bytes")

    def _still_in_time(self, end: float, heard: float) -> None:
        now = time.monotonic()
        waiting = self._talk.state is not DeviceState.ONLINE  # hot, or somebody holds the feed button: it goes on by itself
        if now < end + (self._settings.patience_s if waiting else 0.0):
            return
        if now - heard > _MARGIN:
            raise DeviceError(Reason.SILENT, Action.CLEAR, "no answer while printing")
        raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, "printed perhaps: no answer after the data")

    def _expected(self, job: Job) -> float:
        """After how long the printer's word has probably got lost, seconds."""
        return job.length_mm / self._settings.speed_mm_s + _AGAIN

    def _seconds(self, job: Job) -> float:
        """How long an attempt may take once it is on the line."""
        return min(_CEILING, _MARGIN + 2 * job.length_mm / self._settings.speed_mm_s)

    def _overcome(self, link: Link, job: Job, stop: DeviceError, end: float) -> None:
        """Wait until the printer can print again; raises what stopped it when nobody put it right in time."""
        self._talk.tell(link)
        if stop.action is Action.MAINTENANCE:
            raise stop
        if not self._talk.backlog:
            self._talk.clear(link)
        while True:
            self._talk.take(link.listen(min(_GLANCE, max(0.0, end - time.monotonic()))))
            link.check()
            if self._talk.flush(link, 0):
                self._talk.observe(link)
            self._talk.tell(link)
            stop = self._talk.condition.stop or stop
            if self._talk.state is DeviceState.ONLINE and not self._talk.backlog:
                self._talk.settle(link, self._seconds(job))
                return
            if time.monotonic() >= end:
                raise DeviceError(stop.reason, stop.action, f"not put right in time, {self._recoveries} recoveries so far")
            if self._talk.condition.recoverable:
                self._recover(link)

    def _recover(self, link: Link) -> None:
        if self._recoveries < _RECOVERIES and time.monotonic() >= self._next_recovery:
            self._recoveries += 1
            self._next_recovery = time.monotonic() + _RECOVERY_GAP
            _log.info("%s: recovery %d of at most %d", link.role, self._recoveries, _RECOVERIES)
            self._talk.recover(link)

    def _give_up(self, link: Link, longest: float = _MARGIN) -> None:
        """Whatever of the job is still in the printer must not come out later; what hangs out is cut off.

        A command that is half on its way is ended first, else what follows would be taken for the rest of it.
        """
        if not self._talk.flush(link, min(longest, _HASTE)) or not self._talk.clear(link, longest):
            _log.warning("%s: the printer may still print the rest of a paper given up", link.role)
        if not self._talk.backlog:
            self._talk.send(link, self._cut_off + ASB_ON)
