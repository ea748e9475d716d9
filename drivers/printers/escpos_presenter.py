"""What hands a receipt out and takes it back when nobody wants it: the ejector of CUSTOM's kiosk printers and Pyramid's Reliance.

GS e 2 retracts (where the printer's own set-up allows it), GS e 3 m presents by m steps, GS e 5 ejects; DLE EOT 20 tells whether
a paper is at the exit. Sources: KPM210 manual p. 49 (office.manualsonline.com), PyramidTechnologies/escpos paper_movement.rst,
and for a VKP80 python-escpos issue 436. Not for TPTCM printers, whose GS e 2 is a motor (manualshive TPTCM112 p. 120).

That somebody pulled a paper out in the very moment it was taken back cannot be told: it counts as retained.
"""

import logging
import math
import time
from dataclasses import replace
from enum import Enum, auto

from drivers.contract import MediaDetected, MediaPresented, MediaRetained, MediaTaken, MediaTo, Position
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.printers.escpos_settings import Settings
from drivers.printers.escpos_stock import BIN, Stock
from drivers.printers.escpos_talk import Talk

RETRACT, PRESENT, EJECT = b"\x1de\x02", b"\x1de\x03", b"\x1de\x05"  # PRESENT is followed by the number of steps

_GLANCE = 0.2  # s between two looks while a paper is watched
_RARELY = 1.0  # s between two looks at a paper that cannot be taken back
_COMING = 3.0  # s after the print in which the paper must be seen at the exit, or else it was taken at once
_MOVING = 8.0  # s that a paper may take on its way back or out
_log = logging.getLogger(__name__)


class Exit(Enum):
    """What is known of the exit."""

    UNKNOWN = auto()  # the line was just opened
    FREE = auto()
    COMING = auto()  # a paper was printed and is being pushed out
    OFFERED = auto()  # a paper waits for its person
    STUCK = auto()  # a paper is there and cannot be taken back


class Presenter:
    """Watches the exit between two prints. Times are `time.monotonic()` seconds."""

    def __init__(self, talk: Talk, settings: Settings, stock: Stock) -> None:
        self._talk = talk
        self._settings = settings
        self._stock = stock
        self._exit = Exit.UNKNOWN
        self._deadline = math.inf
        self._next = 0.0

    def begin(self) -> None:
        """A line just opened: a paper may be left from before."""
        self._exit, self._next = Exit.UNKNOWN, 0.0

    @property
    def next_look(self) -> float:
        """When `tend` has something to do."""
        return self._next if self._settings.presents and self._exit is not Exit.FREE else math.inf

    def printed(self) -> None:
        """A paper was printed and comes out now."""
        if self._settings.presents:
            self._exit, self._deadline, self._next = Exit.COMING, time.monotonic() + _COMING, 0.0

    def emptied(self) -> None:
        """The bin was emptied: what could not be taken back is tried again."""
        if self._exit is Exit.STUCK:
            self._free_of_trouble()
            self._exit, self._deadline, self._next = Exit.OFFERED, 0.0, 0.0

    def tend(self, link: Link) -> None:
        """Look whether something has changed at the exit, tell it, and take back what was not taken in time."""
        if not self._settings.presents or not self._talk.introduced:
            return
        if self._exit is Exit.FREE:
            self._judge(link, there=self._talk.condition.presented)
        elif time.monotonic() >= self._next:
            there = self._talk.exit(link)
            self._next = time.monotonic() + (_RARELY if self._exit is Exit.STUCK else _GLANCE)
            self._judge(link, there=there)

    def make_room(self, link: Link) -> None:
        """Before a print: let the person take the paper before, but not for long; a Cancel ends it."""
        if self._exit in {Exit.UNKNOWN, Exit.STUCK}:
            self._next = 0.0
            self.tend(link)
        hurry = time.monotonic() + self._settings.hurry_s
        while self._exit in {Exit.COMING, Exit.OFFERED}:
            if self._exit is Exit.OFFERED:
                self._deadline = min(self._deadline, hurry)
            self.tend(link)
            if self._exit in {Exit.COMING, Exit.OFFERED}:
                self._talk.take(link.listen(_GLANCE))
                link.check()

    def reset(self, link: Link, to: MediaTo) -> None:
        """Send a paper that is at the exit where `to` says; raises `DeviceError` when it cannot be taken back."""
        if not self._settings.presents:
            return
        self._free_of_trouble()
        if not self._talk.exit(link):
            self._exit = Exit.FREE
            return
        match to:
            case MediaTo.AUTO | MediaTo.RETAIN:
                position = Position.BIN if self._take_back(link) else Position.EXIT
            case MediaTo.EXIT:
                self._talk.send(link, EJECT)
                position = Position.EXIT if self._gone(link) else self._offer()
            case MediaTo.CURRENT_POSITION:
                position = self._offer()
        link.emit(MediaDetected(role=link.role, position=position))
        if self._talk.condition.left:
            raise self._talk.condition.left

    def _judge(self, link: Link, *, there: bool | None) -> None:
        late = time.monotonic() >= self._deadline
        match self._exit, there:
            case Exit.UNKNOWN, True:
                position = Position.BIN if self._take_back(link) else Position.EXIT
                link.emit(MediaDetected(role=link.role, position=position))
            case Exit.FREE | Exit.COMING, True:
                self._offer()
                link.emit(MediaPresented(role=link.role))
            case Exit.OFFERED | Exit.STUCK, False:
                self._exit = Exit.FREE
                link.emit(MediaTaken(role=link.role))
            case Exit.OFFERED, True if late:
                if self._take_back(link):
                    link.emit(MediaRetained(role=link.role, unit=BIN))
            case Exit.COMING, False if late:
                _log.info("%s: the paper was not seen at the exit", link.role)
                self._exit = Exit.FREE
            case (Exit.UNKNOWN, False) | (Exit.COMING | Exit.OFFERED, None) if there is not None or late:
                self._exit = Exit.FREE

    def _offer(self) -> Position:
        after = self._settings.retract_after_s or math.inf
        self._exit, self._deadline = Exit.OFFERED, time.monotonic() + after
        return Position.EXIT

    def _take_back(self, link: Link) -> bool:
        """Whether the paper is in the bin now; if not, the status says why until it is gone."""
        if self._stock.bin_full(link):
            return self._stuck(link, DeviceError(Reason.BIN_FULL, Action.CLEAR, "retract bin"))
        self._talk.send(link, RETRACT)
        if not self._gone(link):
            return self._stuck(link, DeviceError(Reason.PAPER_JAMMED, Action.CLEAR, "not taken back"))
        self._stock.retained(link)
        self._talk.tell(link)
        return True

    def _gone(self, link: Link) -> bool:
        """Wait until the exit is free; False when the paper jams or stays."""
        end = time.monotonic() + _MOVING
        while time.monotonic() < end and not self._talk.condition.jammed:
            self._talk.take(link.receive(_GLANCE))
            link.check()
            if self._talk.exit(link) is False and not self._talk.condition.jammed:
                self._exit = Exit.FREE
                return True
        return False

    def _stuck(self, link: Link, error: DeviceError) -> bool:
        self._talk.condition = replace(self._talk.condition, left=error)
        self._exit, self._next = Exit.STUCK, time.monotonic() + _RARELY
        self._talk.tell(link)
        return False

    def _free_of_trouble(self) -> None:
        self._talk.condition = replace(self._talk.condition, left=None)
