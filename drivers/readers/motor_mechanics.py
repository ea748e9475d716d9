"""What a motorised card reader can be made to do, and how to be sure that it did it.

A card given out twice, or one of which nobody knows where it is, is the worst that can happen here. So whatever moves a card is
told once. When its answer is lost, the device is asked where the card is, in two ways, and only when that proves that nothing has
happened is it told again.
"""

import time
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

from drivers.contract import Level, Part
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.readers.motor_protocol import Framing, Order, Reply
from drivers.readers.motor_talk import Talk
from drivers.transport import SerialSettings

STATUS, SENSORS = Order(0x31, 0x30), Order(0x31, 0x31)
_NOT_INITIALISED = b"B0"
_TRIES = 2
NO_ANSWER = frozenset({Reason.SILENT, Reason.UNPLUGGED, Reason.GARBLED, Reason.TIMEOUT})


class MotorSettings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long the device may take for each kind of order, and what becomes of cards nobody takes.

    A card not taken within `retain_after_s` goes into the bin. `found_at_start` says what becomes of one that is inside when the
    device is connected. When `bin_high` cards were retained since the bin was emptied it is reported as high (0: never).
    """

    answer_ms: int = 2000
    chip_ms: int = 8000
    move_ms: int = 15000
    init_ms: int = 30000
    poll_ms: int = 200  # while a card is waited for
    health_ms: int = 3000
    retain_after_s: float = 30.0
    found_at_start: Literal["eject", "retain", "hold"] = "eject"
    bin_high: int = 20


class Where(Enum):
    """Where the device sees a card."""

    NOWHERE = "nowhere"
    GATE = "gate"  # at the slot, where a person can take it
    INSIDE = "inside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """What the device says of itself at one moment."""

    where: Where
    stacker: Level
    bin: Level


class Start(Enum):
    """What an initialisation does with a card that is inside."""

    TO_GATE = "toGate"
    TO_BIN = "toBin"
    STAY = "stay"


class Model(Protocol):
    """What one model adds: its orders and its tables."""

    framing: Framing
    stacker: bool  # whether it has new cards to give out
    shutter: Part  # state of a shutter that works: unknown to a device that cannot sense it

    def mind(self) -> None:
        """Raise `DeviceError` (SILENT) when a wire of its own says that the device is off."""

    def look(self, status: bytes) -> Look:
        """What a status says."""

    def blocked(self, sensors: bytes) -> bool:
        """Whether the detailed status shows a card between the places that the status knows."""

    def meaning(self, code: bytes) -> DeviceError:
        """What an error code says."""

    def start(self, how: Start) -> Order:
        """The order to initialise."""

    def slot(self, *, opened: bool) -> tuple[Order, ...]:
        """The orders that let cards in or keep them out, lights included; the first one is for the slot itself."""

    def present(self) -> Order:
        """The order that brings the card from inside to the gate and holds it there."""

    def capture(self, where: Where) -> tuple[Order, ...]:
        """The orders that bring the card into the bin; all but the last bring it inside."""

    def to_chip(self) -> Order:
        """The order that brings the card, or a new one when none is inside, to the chip contacts."""

    def away_from_chip(self) -> Order:
        """The order that keeps the card inside without contact."""

    def chip(self, *, on: bool) -> Order:
        """The order to switch the chip's supply."""

    def apdu(self, command: bytes) -> Order:
        """The order to pass on a command to the chip."""

    def identity(self, mechanics: "Mechanics", link: Link, kind: bytes) -> dict[str, str]:
        """Model, maker and what it tells of itself; `kind` is what it answered when it was initialised."""

    def findings(self, mechanics: "Mechanics", link: Link) -> dict[str, str]:
        """What an internal check finds besides status and sensors."""

    def emptied(self) -> Order | None:
        """The order that tells the device that its bin was emptied, if it counts itself."""


class Mechanics:
    """The orders of one model, carried out safely."""

    def __init__(self, model: Model, settings: MotorSettings) -> None:
        self.model = model
        self._settings = settings
        self._talk = Talk(model.framing)
        self.starts = 0  # initialisations so far: each closes the slot

    def ask(self, link: Link, order: Order, wait_ms: int | None = None) -> Reply:
        """The good answer to a question; a device that lost its power is initialised and asked again. Raises `DeviceError`."""
        self.model.mind()
        seconds = (wait_ms or self._settings.answer_ms) / 1000
        reply = self._talk.ask(link, order, seconds)
        if not reply.good and reply.code == _NOT_INITIALISED:
            self.start(link, Start.STAY)
            reply = self._talk.ask(link, order, seconds)
        return self._good(reply)

    def ask_once(self, link: Link, order: Order, wait_ms: int) -> Reply:
        """As `ask`, for what must not be asked twice, as two equal answers cannot be told apart; raises `DeviceError` (GARBLED)."""
        reply = self._talk.tell(link, order, wait_ms / 1000)
        if reply is None:
            raise DeviceError(Reason.GARBLED, Action.WAIT, f"{order!r}: no whole answer")
        return self._good(reply)

    def told(self, link: Link, order: Order) -> bytes | None:
        """Data of the answer to a question that not every unit knows; None when this one does not."""
        try:
            return self.ask(link, order).data
        except DeviceError as error:
            if error.reason is Reason.UNSUPPORTED:
                return None
            raise

    def knock(self, link: Link) -> None:
        """Raises `DeviceError` unless the device answers anything at all."""
        self.model.mind()
        self._talk.ask(link, STATUS, self._settings.answer_ms / 1000)

    def look(self, link: Link) -> Look:
        """How the device is now."""
        return self.model.look(self.ask(link, STATUS).code)

    def start(self, link: Link, how: Start) -> bytes:
        """Initialise; data of the answer. It may be done twice: a card already at the gate or in the bin stays there."""
        order = self.model.start(how)
        self.starts += 1
        for _ in range(_TRIES):
            reply = self._talk.tell(link, order, self._settings.init_ms / 1000)
            if reply is not None:
                return self._good(reply).data
            self._until_it_answers(link, self._settings.init_ms)
        raise DeviceError(Reason.TIMEOUT, Action.RESET, f"{order!r}: not answered in {_TRIES} tries")

    def move(self, link: Link, order: Order, before: Where, after: frozenset[Where]) -> Look:
        """Move the card from `before` to one of `after`; raises `DeviceError` (CARD_MOVED) when it is somewhere else.

        POWER_FAILURE when the device lost its power meanwhile: it is initialised again, and the card stays where it is.
        """
        for _ in range(_TRIES):
            reply = self._talk.tell(link, order, self._settings.move_ms / 1000)
            look = self._find_out(link) if reply is None else self.model.look(self._moved(link, reply).code)
            if look.where in after:
                return look
            if reply is not None or look.where is not before:
                raise DeviceError(Reason.CARD_MOVED, Action.RESET, f"{order!r}: the card is {look.where.value}")
        raise DeviceError(Reason.TIMEOUT, Action.RESET, f"{order!r}: not carried out in {_TRIES} tries")

    def shut_the_slot(self, link: Link) -> None:
        """Let no more cards in: the last word before the line is closed, so it takes four tenths of a second at most."""
        self._talk.tell(link, self.model.slot(opened=False)[0], 0.1)

    def _moved(self, link: Link, reply: Reply) -> Reply:
        if not reply.good and reply.code == _NOT_INITIALISED:
            self._powerless(link)
        return self._good(reply)

    def _powerless(self, link: Link) -> None:
        self.start(link, Start.STAY)
        raise DeviceError(Reason.POWER_FAILURE, Action.WAIT, "the device lost its power")

    def _find_out(self, link: Link) -> Look:
        """Where the card is, asked in two ways: a late answer to an earlier question can be taken for one of them, not for both."""
        self._until_it_answers(link, self._settings.move_ms)
        for _ in range(_TRIES):
            detailed = self._talk.ask(link, SENSORS, self._settings.answer_ms / 1000)
            plain = self._talk.ask(link, STATUS, self._settings.answer_ms / 1000)
            for reply in (detailed, plain):
                self._moved(link, reply)
            look = self.model.look(plain.code)
            if look == self.model.look(detailed.code):
                if look.where is Where.NOWHERE and self.model.blocked(detailed.data):
                    raise DeviceError(Reason.CARD_JAMMED, Action.CLEAR, "a card lies between two places")
                return look
        raise DeviceError(Reason.CARD_MOVED, Action.RESET, "what the device says of the card changes")

    def _until_it_answers(self, link: Link, within_ms: int) -> None:
        """A device that moves something may not listen: wait until it answers anything. Raises `DeviceError` when it does not."""
        deadline = time.monotonic() + within_ms / 1000
        while True:
            try:
                self.knock(link)
            except DeviceError as error:
                if error.reason not in NO_ANSWER - {Reason.UNPLUGGED} or time.monotonic() >= deadline:
                    raise
            else:
                return

    def _good(self, reply: Reply) -> Reply:
        if reply.good:
            return reply
        raise self.model.meaning(reply.code)
