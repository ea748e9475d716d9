"""Receipt printer with ESC/POS commands on a serial line, a USB port in COM mode or TCP.

Printed means: after the last byte the printer itself answered, to GS ( H function 48 where it knows that (the data before it is
printed), else to GS r (the data before it is processed, and the status after that is clean). A printer that knows neither
prints, but its jobs fail with `timeOut`, because nobody can tell. Paper end, an open cover or a cutter error in the middle is
not the end: once it is put right the paper is printed again from the top, and the piece begun before is cut off.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

import msgspec

from drivers.context import Context
from drivers.contract import (
    Answer,
    Capabilities,
    Command,
    DeviceState,
    Hardware,
    HealthLevel,
    MediaTo,
    Print,
    Printed,
    Status,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.printers.escpos_encode import Job, Page, encode
from drivers.printers.escpos_layout import Charset, Rom
from drivers.printers.escpos_talk import ASB_ON, Talk
from drivers.runner import Driver, Runner, unsupported
from drivers.transport import SerialSettings, serial_line

_log = logging.getLogger(__name__)

_INIT, _CUT = b"\x1b@", b"\x1dVB\x00"
_ATTEMPTS = 4  # a paper that is stopped again and again is not printed for ever
_RECOVERIES = 3  # resets can wear a cutter out
_RECOVERY_GAP = 3.0  # s
_MARGIN = 5.0  # s, on top of what line and paper need
_CEILING = 180.0  # s for one attempt, whatever the estimate says
_STALL = 2.0  # s without the printer taking a byte: it has stopped, and while its buffer is full it cannot be asked why
_GLANCE = 0.5  # s between two looks at the status while printing
_LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the paper and the printer are like.

    `columns` of 12 dots: 48 on 80 mm paper (576 dots), 32 on 58 mm (384 dots). `charset` holds where GS I 69 is not answered;
    `four_byte` says that the ROM has the four-byte part of GB18030. `speed_mm_s` is the slowest the paper may move.
    `patience_s` is how long a paper stopped in the middle waits for somebody to refill or close.
    """

    columns: Annotated[int, msgspec.Meta(ge=16, le=96)] = 48
    charset: Literal["gb2312", "gb18030"] = "gb2312"
    four_byte: bool = False
    full_cut: bool = False
    speed_mm_s: Annotated[int, msgspec.Meta(ge=1)] = 60
    patience_s: Annotated[float, msgspec.Meta(ge=0)] = 60.0
    answer_ms: Annotated[int, msgspec.Meta(ge=20)] = 500
    health_ms: Annotated[int, msgspec.Meta(ge=100)] = 2000


def build(context: Context, settings: Settings) -> Hardware:
    """The printer as a device."""
    return Runner(context, EscposPrinter(settings), serial_line(settings))


class EscposPrinter(Driver):
    """The printer's side of the runner."""

    capabilities = Capabilities(
        commands=("Print",),
        parts=("cover", "cutter", "mechanism"),
        supplies=("upper",),
        counters=("paperPrintedCount", "failedPrintCount"),
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._talk = Talk(baud=settings.baud, wait=settings.answer_ms / 1000, charset=Charset(settings.charset))
        self._next_health = 0.0
        self._recoveries = 0
        self._next_recovery = 0.0

    def connect(self, link: Link) -> Status:
        """Ask how the printer is and, if it is online, who it is."""
        self._talk.begin(link)
        self._look(link)
        return self._talk.status

    def handle(self, link: Link, command: Command) -> Answer:
        """Print."""
        match command:
            case Print():
                return self._counted(link, command)
            case _:
                raise unsupported(command)

    def idle(self, link: Link) -> None:
        """Hear what the printer tells by itself, and ask it now and then."""
        self._talk.take(link.listen(max(0.0, self._next_health - time.monotonic())))
        if time.monotonic() >= self._next_health and self._talk.flush(link, 0):
            self._look(link)
        link.report(self._talk.status)

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:  # noqa: ARG002 - there is one level
        """Ask the printer how it is; raises what keeps it from printing."""
        self._look(link)
        status = self._talk.status
        link.report(status)
        if status.error is not None:
            raise status.error
        return dict(status.identity)

    def _counted(self, link: Link, command: Print) -> Printed:
        try:
            printed = self._print(link, command)
        except DeviceError as error:
            if error.reason is not Reason.CANCELED:
                link.count("failedPrintCount")
            raise
        link.count("paperPrintedCount")
        return printed

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - what hangs out of a cutter cannot be moved
        """Recover what can be recovered, forget what was sent, set the printer up anew."""
        self._recoveries = 0
        self._look(link)
        if self._talk.condition.recoverable:
            self._recover(link)
        self._talk.clear(link)
        self._talk.send(link, _INIT + ASB_ON)
        self._look(link)
        link.report(self._talk.status)

    def _look(self, link: Link) -> None:
        self._talk.observe(link)
        if not self._talk.introduced and self._talk.status.state is DeviceState.ONLINE:
            self._talk.introduce(link)
        self._next_health = time.monotonic() + self._settings.health_ms / 1000

    def _print(self, link: Link, command: Print) -> Printed:
        self._clean(link)
        rom = Rom(self._talk.charset, self._settings.four_byte)
        job = encode(command.paper, Page(columns=self._settings.columns, rom=rom, full_cut=self._settings.full_cut))
        self._talk.at_risk = max(map(len, job.parts))
        try:
            self._until_printed(link, job)
        except DeviceError as error:
            if error.reason not in _LOST:
                self._give_up(link)
            raise
        self._talk.at_risk = self._recoveries = 0
        return Printed(role=link.role, id=command.id)

    def _clean(self, link: Link) -> None:
        """Nothing is sent before the printer has said that it can print; raises `DeviceError` when it cannot."""
        end = time.monotonic() + self._settings.patience_s
        if not self._talk.flush(link, self._settings.answer_ms / 1000):
            raise self._talk.condition.stop or DeviceError(Reason.SILENT, Action.CLEAR, "takes no bytes")
        while True:
            self._look(link)
            status = self._talk.status
            link.report(status)
            if status.state is DeviceState.ONLINE:
                self._talk.settle(link, self._settings.answer_ms / 1000)
                return
            if status.state is not DeviceState.DEVICE_BUSY or time.monotonic() >= end:
                raise status.error or DeviceError(Reason.TIMEOUT, Action.WAIT, "busy")
            self._talk.take(link.listen(_GLANCE))

    def _until_printed(self, link: Link, job: Job) -> None:
        left, attempts = self._settings.patience_s, 1
        while stop := self._attempt(link, job):
            began = time.monotonic()
            self._overcome(link, job, stop, began + left)
            left -= time.monotonic() - began
            if attempts == _ATTEMPTS:
                raise DeviceError(stop.reason, stop.action, f"stopped {attempts} times")
            attempts += 1
            self._talk.send(link, _INIT + _CUT)  # what was begun comes off as a piece of its own

    def _attempt(self, link: Link, job: Job) -> DeviceError | None:
        """Send the job and wait for the printer's word; what stopped it, None when it is printed."""
        for part in self._parts(job):
            if stop := self._send(link, part, self._seconds(job)):
                return stop
        self._talk.mark(link)
        end = self._talk.line_free + self._seconds(job)
        heard = 0.0
        while True:
            if self._talk.take(link.listen(_GLANCE)) or self._talk.glance(link):
                heard = time.monotonic()
            if self._talk.marked and self._talk.confirms:
                return None
            if self._talk.marked:
                self._talk.observe(link)
            link.report(self._talk.status)
            if self._talk.marked or self._talk.condition.stop:
                return self._talk.condition.stop
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
            link.report(self._talk.status)
            if sent or self._talk.condition.stop:
                return self._talk.condition.stop
            now = time.monotonic()
            stall = now + _STALL if len(self._talk.backlog) < before else stall
            if now >= min(end, stall):
                return DeviceError(Reason.SILENT, Action.CLEAR, "takes no bytes")

    def _still_in_time(self, end: float, heard: float) -> None:
        now = time.monotonic()
        waiting = self._talk.status.state is not DeviceState.ONLINE  # hot, or somebody holds the feed button: it goes on by itself
        if now < end + (self._settings.patience_s if waiting else 0.0):
            return
        if now - heard > _MARGIN:
            raise DeviceError(Reason.SILENT, Action.CLEAR, "no answer while printing")
        raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, "printed perhaps: no answer after the data")

    def _seconds(self, job: Job) -> float:
        """How long an attempt may take once it is on the line."""
        return min(_CEILING, _MARGIN + 2 * job.length_mm / self._settings.speed_mm_s)

    def _overcome(self, link: Link, job: Job, stop: DeviceError, end: float) -> None:
        """Wait until the printer can print again; raises what stopped it when nobody put it right in time."""
        link.report(self._talk.status)
        if stop.action is Action.MAINTENANCE:
            raise stop
        if not self._talk.backlog:
            self._talk.clear(link)
        while True:
            self._talk.take(link.listen(min(_GLANCE, max(0.0, end - time.monotonic()))))
            if self._talk.flush(link, 0):
                self._talk.observe(link)
            link.report(self._talk.status)
            stop = self._talk.condition.stop or stop
            if self._talk.status.state is DeviceState.ONLINE and not self._talk.backlog:
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

    def _give_up(self, link: Link) -> None:
        """Whatever of the job is still in the printer must not come out later; what hangs out is cut off."""
        if self._talk.backlog or not self._talk.clear(link):
            _log.warning("%s: the printer may still print the rest of a paper given up", link.role)
        if not self._talk.backlog:
            self._talk.send(link, _INIT + _CUT + ASB_ON)
