"""Receipt printer with ESC/POS commands on a serial line, a USB port in COM mode, TCP port 9100, or USB as a printer.

What Printed means, and what happens when paper ends in the middle: `drivers.printers.escpos_press`. Where the printer has a
presenter, a paper is told as MediaPresented and then as MediaTaken or MediaRetained: `drivers.printers.escpos_presenter`.
"""

import time
from collections.abc import Mapping

from drivers.context import Context
from drivers.contract import Answer, Capabilities, Command, Hardware, HealthLevel, MediaTo, Print, Printed, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.printers.escpos_page import check_page
from drivers.printers.escpos_presenter import Presenter
from drivers.printers.escpos_press import Press
from drivers.printers.escpos_redact import Redaction
from drivers.printers.escpos_settings import Settings
from drivers.printers.escpos_stock import BIN, ROLL, Stock
from drivers.printers.escpos_talk import Talk
from drivers.runner import Driver, Runner, unsupported
from drivers.trace import Redactor
from drivers.transport import serial_line

__all__ = ["EscposPrinter", "Settings", "build"]

_COUNTERS = ("paperPrintedCount", "failedPrintCount", "paperCutCount", "failedPaperCutCount", "printedMmCount", "upperSinceReplenish")
_PARTS = ("cover", "cutter", "mechanism")


def build(context: Context, settings: Settings) -> Hardware:
    """The printer as a device."""
    return Runner(context, EscposPrinter(settings), serial_line(settings))


class EscposPrinter(Driver):
    """The printer's side of the runner."""

    def __init__(self, settings: Settings) -> None:
        self.capabilities = _capabilities(presents=settings.presents)
        self._settings = settings
        stock = Stock(settings)
        self._talk = Talk(settings, stock)
        self._press = Press(self._talk, settings, stock)
        self._presenter = Presenter(self._talk, settings, stock)

    def connect(self, link: Link) -> Status:
        """Ask how the printer is and, if it is online, who it is. A paper left at the exit is seen to as soon as that is told."""
        self._talk.begin(link)
        self._presenter.begin()
        self._talk.look(link)
        return self._talk.status(link)

    def handle(self, link: Link, command: Command) -> Answer:
        """Print."""
        match command:
            case Print(paper=paper):
                self._presenter.make_room(link)
                self._press.print(link, paper)
                self._presenter.printed()
                return Printed(role=link.role, id=command.id)
            case _:
                raise unsupported(command)

    def idle(self, link: Link) -> None:
        """Hear what the printer tells by itself, and ask it now and then."""
        self._presenter.tend(link)
        due = self._talk.looked + self._settings.health_ms / 1000
        self._talk.take(link.listen(max(0.0, min(due, self._presenter.next_look) - time.monotonic())))
        if time.monotonic() >= due and self._talk.flush(link, 0):
            self._talk.look(link)
        self._talk.tell(link)

    def reset(self, link: Link, to: MediaTo) -> None:
        """Recover what can be recovered, forget what was sent, set the printer up anew, move what is at the exit."""
        self._press.reset(link)
        self._presenter.reset(link, to)
        self._talk.tell(link)

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: the printer says how it is; external: it prints a page; interactive: somebody says whether that is well printed."""
        self._talk.look(link)
        self._talk.tell(link)
        if error := self._talk.status(link).error:
            raise error
        if level is not HealthLevel.INTERNAL:
            self._presenter.make_room(link)
            self._press.print(link, check_page(self._settings.columns, self._talk.identity))
            self._presenter.printed()
        if level is HealthLevel.INTERACTIVE:
            self._presenter.tend(link)
            if link.ask("check-print-readable", ("yes", "no")) != "yes":
                raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, "print not readable")
        return dict(self._talk.identity)

    def replenished(self, link: Link, supply: str) -> None:
        """A new roll, or an empty bin."""
        if supply == BIN:
            self._presenter.emptied()
        self._talk.tell(link)

    def leave(self, link: Link) -> None:
        """Nothing of a paper that is being printed comes out later."""
        self._press.leave(link)

    def redactor(self) -> Redactor:
        """Keeps commands and status, blanks what is printed."""
        return Redaction(kiosk=self._settings.presents)


def _capabilities(*, presents: bool) -> Capabilities:
    if not presents:
        return Capabilities(commands=("Print",), parts=_PARTS, supplies=(ROLL,), health=tuple(HealthLevel), counters=_COUNTERS)
    return Capabilities(
        commands=("Print",),
        events=("MediaDetected", "MediaPresented", "MediaRetained", "MediaTaken"),
        parts=(*_PARTS, "presenter"),
        supplies=(ROLL, BIN),
        health=tuple(HealthLevel),
        media_to=tuple(MediaTo),
        counters=(*_COUNTERS, "retractBinSinceReplenish"),
    )
