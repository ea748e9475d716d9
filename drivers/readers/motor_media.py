"""The card in a motorised reader: let in, given back, retained, and found where nobody left it.

A card given back is held at the gate. Taken, it is told as MediaTaken; not taken in time, it goes into the bin and is told as
MediaRetained. Where it cannot be known whether a card was taken or retained, it is told as retained: then somebody looks.
"""

import time

from drivers.contract import Level, MediaDetected, MediaInserted, MediaPresented, MediaRetained, MediaTaken, Position
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.readers.motor_mechanics import Look, Mechanics, MotorSettings, Where

BIN, BIN_COUNT = "bin", "binSinceReplenish"
_LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})
_PRESENTED = frozenset({Where.GATE, Where.NOWHERE})  # a quick hand has taken it before the device says so


class Media:
    """What is known of the card, and what is done with it."""

    def __init__(self, mechanics: Mechanics, settings: MotorSettings) -> None:
        self._mechanics = mechanics
        self._settings = settings
        self._retain_at: float | None = None
        self.held = False  # a card is inside, and somebody wanted it there
        self.open = False  # cards are let in

    @property
    def presented(self) -> bool:
        """Whether a card waits to be taken."""
        return self._retain_at is not None

    def accept(self, link: Link) -> None:
        """Let a card in and wait for it; raises `DeviceError` when it is refused or cancelled, and then nothing stays inside."""
        try:
            starts = -1
            while self._mechanics.look(link).where is not Where.INSIDE:
                if starts != self._mechanics.starts:
                    starts = self._mechanics.starts
                    self.slot(link, opened=True)
                else:
                    link.pause(self._settings.poll_ms / 1000)
        except DeviceError as error:
            if error.reason not in _LOST:
                self._withdraw(link)
            raise
        self.slot(link, opened=False)
        self._inserted(link)

    def slot(self, link: Link, *, opened: bool) -> None:
        """Let cards in, or keep them out."""
        self.open = opened or self.open
        slot, *lights = self._mechanics.model.slot(opened=opened)
        self._mechanics.ask(link, slot)
        for light in lights:
            self._mechanics.told(link, light)
        self.open = opened

    def present(self, link: Link) -> None:
        """Bring the card from inside to the gate."""
        look = self._mechanics.move(link, self._mechanics.model.present(), Where.INSIDE, _PRESENTED)
        link.count("cardEjectedCount")
        self._wait_for_hand(link)
        if look.where is Where.NOWHERE:
            self._taken(link)

    def feed(self, link: Link) -> None:
        """Take a new card from the stacker to the chip contacts, where no hand can make it uncertain what happened."""
        self._mechanics.move(link, self._mechanics.model.to_chip(), Where.NOWHERE, frozenset({Where.INSIDE}))
        link.count("cardDispensedCount")
        self.held = True

    def inward(self, link: Link, *, chip: bool) -> None:
        """Bring the card that is inside to the chip contacts, or away from them."""
        model = self._mechanics.model
        self._mechanics.move(link, model.to_chip() if chip else model.away_from_chip(), Where.INSIDE, frozenset({Where.INSIDE}))

    def retain(self, link: Link, look: Look) -> None:
        """Bring the card into the bin; raises `DeviceError` (BIN_FULL) and moves nothing when that is full."""
        if look.bin is Level.FULL:
            raise DeviceError(Reason.BIN_FULL, Action.CLEAR, "the device says that its bin is full")
        *inward, last = self._mechanics.model.capture(look.where)
        where = look.where
        for order in inward:
            where = self._mechanics.move(link, order, where, frozenset({Where.INSIDE})).where
        self._mechanics.move(link, last, where, frozenset({Where.NOWHERE}))
        self.retained(link)

    def retained(self, link: Link) -> None:
        """A card is in the bin now."""
        self.held, self._retain_at = False, None
        link.count("cardCapturedCount")
        link.count(BIN_COUNT)
        link.emit(MediaRetained(role=link.role, unit=BIN))

    def returned(self, link: Link) -> None:
        """The device has brought the card to the gate by itself."""
        link.count("cardEjectedCount")
        self._wait_for_hand(link)

    def gone(self) -> None:
        """There is no card."""
        self.held, self._retain_at = False, None

    def detected(self, link: Link, look: Look) -> None:
        """Tell of a card that nobody left there."""
        position = Position.EXIT if look.where is Where.GATE else Position.TRANSPORT
        link.emit(MediaDetected(role=link.role, position=position))

    def found(self, link: Link, look: Look) -> None:
        """A card is there that nobody left there: it belongs to somebody. Raises `DeviceError` when it cannot be moved."""
        self.detected(link, look)
        match self._settings.found_at_start, look.where:
            case "eject", Where.GATE:
                self._wait_for_hand(link)
            case "eject", _:
                self.held = True
                self.present(link)
            case "retain", _:
                self.retain(link, look)
            case _:
                self.held = look.where is Where.INSIDE

    def watch(self, link: Link, look: Look) -> None:
        """See to a card that waits to be taken, and to one that is inside though nobody wanted it there."""
        match look.where:
            case Where.NOWHERE:
                self.held = False
                if self.presented:
                    self._taken(link)
            case Where.INSIDE if not self.held:
                self._retain_at = None
                self.found(link, look)
            case Where.GATE if self._retain_at is not None and time.monotonic() >= self._retain_at and look.bin is not Level.FULL:
                self._retain_at = time.monotonic() + self._settings.retain_after_s  # so that a failure is not tried again at once
                self.retain(link, look)

    def _withdraw(self, link: Link) -> None:
        """Nobody wants a card any more: one that has come in meanwhile is given back."""
        self.slot(link, opened=False)
        if self._mechanics.look(link).where is Where.INSIDE:
            self._inserted(link)
            self.present(link)

    def _inserted(self, link: Link) -> None:
        self.held = True
        link.count("cardInsertedCount")
        link.emit(MediaInserted(role=link.role))

    def _wait_for_hand(self, link: Link) -> None:
        self.held = False
        self._retain_at = time.monotonic() + self._settings.retain_after_s
        link.emit(MediaPresented(role=link.role))

    def _taken(self, link: Link) -> None:
        self._retain_at = None
        link.emit(MediaTaken(role=link.role))
