"""The driver that all motorised card readers share: commands, status, resets and checks; each model adds its orders."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import msgspec

from drivers.contract import (
    AcceptCard,
    Answer,
    CardAccepted,
    CardFound,
    CardMoved,
    Command,
    HealthLevel,
    Level,
    MediaTo,
    MoveCard,
    Part,
    Position,
    ReadCard,
    SocialCard,
    SocialCardRead,
    Status,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.readers.motor_chip import Chip
from drivers.readers.motor_mechanics import NO_ANSWER, SENSORS, Look, Mechanics, Model, MotorSettings, Start, Where
from drivers.readers.motor_media import BIN, Media
from drivers.readers.motor_status import FAULTS, capabilities, status, supplies
from drivers.readers.motor_trace import MotorRedactor
from drivers.runner import Driver, unsupported

_LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})
_STARTS = {
    MediaTo.AUTO: Start.TO_GATE,
    MediaTo.EXIT: Start.TO_GATE,
    MediaTo.RETAIN: Start.TO_BIN,
    MediaTo.CURRENT_POSITION: Start.STAY,
}


class MotorReader(Driver):
    """The driver of one model."""

    def __init__(self, model: Model, settings: MotorSettings) -> None:
        self.capabilities = capabilities(stacker=model.stacker)
        self._settings = settings
        self._model = model
        self._mechanics = Mechanics(model, settings)
        self._media = Media(self._mechanics, settings)
        self._chip = Chip(self._mechanics, self._media, settings)
        self._identity: Mapping[str, str] = {}
        self._fault: DeviceError | None = None
        self._next = 0.0

    def connect(self, link: Link) -> Status:
        """Initialise without moving anything, ask who it is, and see to a card that is inside."""
        self._next, self._chip.part, self._fault = 0.0, Part.UNKNOWN, None
        self._mechanics.knock(link)
        kind = self._begin(link)
        self._identity = self._model.identity(self._mechanics, link, kind)
        look = self._looked(link)
        self._media.held = False
        if self._fault is None:
            with self._standing():
                if look.where in {Where.GATE, Where.INSIDE}:
                    self._media.found(link, look)
                else:
                    self._media.watch(link, look)
        return self._status(link)

    def handle(self, link: Link, command: Command) -> Answer:
        """AcceptCard, MoveCard, ReadCard."""
        if self._fault is not None and not isinstance(command, MoveCard):  # what is stuck inside may still be moved
            raise self._fault
        try:
            answer = self._carry_out(link, command)
        except DeviceError as error:
            self._failed(link, error)
            raise
        link.report(self._status(link))
        self._look_later()  # at once it would keep the next command waiting, and the status has just been asked
        return answer

    def reset(self, link: Link, to: MediaTo) -> None:
        """Initialise, which clears all errors and brings the card where it shall go."""
        before = self._looked(link)
        self._fault, self._chip.part = None, Part.UNKNOWN
        try:
            self._mechanics.start(link, _STARTS[to])
            self._after_reset(link, before, self._mechanics.look(link))
        except DeviceError as error:
            self._failed(link, error)
            raise
        link.report(self._status(link))

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: status and sensors; external: slot, light and motor without a card; interactive: a card in and out."""
        match level:
            case HealthLevel.EXTERNAL:
                self._stir(link)
            case HealthLevel.INTERACTIVE:
                self._in_and_out(link)
            case _:
                pass
        look = self._looked(link)
        link.report(self._status(link, look))
        if self._fault is not None:
            raise self._fault
        found = {"card": look.where.value, "sensors": self._mechanics.ask(link, SENSORS).data.hex()}
        return found | self._model.findings(self._mechanics, link) | supplies(self._model, look, link, self._settings.bin_high)

    def replenished(self, link: Link, supply: str) -> None:
        """The bin was emptied: a device that counts itself is told."""
        order = self._model.emptied()
        if supply == BIN and order is not None:
            self._mechanics.told(link, order)
        link.report(self._status(link))

    def idle(self, link: Link) -> None:
        """Look now and then: whether the card was taken, whether the device is well."""
        if time.monotonic() >= self._next:
            with self._standing():
                self._recover(link, self._looked(link))
                if self._fault is None:
                    self._media.watch(link, self._looked(link))
            link.report(self._status(link))
            self._look_later()
        link.pause(self._next - time.monotonic())

    def leave(self, link: Link) -> None:
        """A slot that stayed open would draw in cards that nobody gives back."""
        if self._media.open:
            self._mechanics.shut_the_slot(link)

    def redactor(self) -> MotorRedactor:
        """Orders, states and lengths stay; what a chip says is made up."""
        return MotorRedactor(self._model.framing)

    def _carry_out(self, link: Link, command: Command) -> Answer:
        match command:
            case AcceptCard():
                self._expect(self._mechanics.look(link), Where.NOWHERE)
                self._media.accept(link)
                return CardAccepted(role=link.role, id=command.id)
            case MoveCard(to=to, source=source):
                self._move(link, command, source, to)
                return CardMoved(role=link.role, id=command.id, position=to)
            case ReadCard():
                return SocialCardRead(role=link.role, id=command.id, card=self._counted(link, command))
            case _:
                raise unsupported(command)

    def _move(self, link: Link, command: MoveCard, source: Position, to: Position) -> None:
        if to not in {Position.EXIT, Position.CHIP, Position.TRANSPORT, Position.BIN}:
            raise unsupported(command)
        look = self._mechanics.look(link)
        if source is Position.STACKER:
            look = self._feed(link, command, look)
        if to is Position.EXIT and look.where is Where.GATE:
            return
        if not (to is Position.BIN and look.where is Where.GATE):
            self._expect(look, Where.INSIDE)
        match to:
            case Position.EXIT:
                self._media.present(link)
            case Position.BIN:
                self._media.retain(link, look)
            case _:
                self._media.inward(link, chip=to is Position.CHIP)

    def _feed(self, link: Link, command: MoveCard, look: Look) -> Look:
        if not self._model.stacker:
            raise unsupported(command)
        self._expect(look, Where.NOWHERE)
        if look.stacker is Level.EMPTY:
            raise DeviceError(Reason.STACKER_EMPTY, Action.CLEAR, "the device says that its stacker is empty")
        self._media.feed(link)
        return self._mechanics.look(link)

    def _expect(self, look: Look, where: Where) -> None:
        """Raise `DeviceError` unless the card is there: a move without a card inside would take a new one from the stacker."""
        if look.where is where:
            return
        if look.where is Where.UNKNOWN:
            raise DeviceError(Reason.CARD_MOVED, Action.RESET, "the device does not say where a card is")
        if where is Where.NOWHERE:
            raise DeviceError(Reason.CARD_PRESENT, Action.WAIT, f"a card is {look.where.value}")
        raise DeviceError(Reason.NO_CARD, Action.WAIT, f"the card is {look.where.value}")

    def _counted(self, link: Link, command: ReadCard) -> SocialCard:
        look = self._mechanics.look(link)
        if look.where is not Where.INSIDE:
            self._expect(look, Where.NOWHERE)
            self._media.accept(link)
        link.emit(CardFound(role=link.role, id=command.id))
        try:
            card = self._chip.read(link)
        except DeviceError as error:
            if error.reason is not Reason.CANCELED:
                link.count("failedReadCount")
            raise
        link.count("goodReadCount")
        return card

    def _stir(self, link: Link) -> None:
        self._expect(self._mechanics.look(link), Where.NOWHERE)
        self._media.slot(link, opened=True)
        self._media.slot(link, opened=False)
        self._mechanics.start(link, Start.STAY)

    def _in_and_out(self, link: Link) -> None:
        self._expect(self._mechanics.look(link), Where.NOWHERE)
        link.ask("check-insert-card")
        self._media.accept(link)
        self._media.inward(link, chip=True)
        self._media.inward(link, chip=False)
        self._media.present(link)
        link.ask("check-take-card")
        before = link.counted("cardCapturedCount")
        while self._media.presented:
            link.pause(self._settings.poll_ms / 1000)
            self._media.watch(link, self._mechanics.look(link))
        if link.counted("cardCapturedCount") != before:
            raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, "the card was not taken")

    def _begin(self, link: Link) -> bytes:
        """Initialise without moving the card; what the device answers. With a jam in it, it stands with a fault."""
        with self._standing():
            return self._mechanics.start(link, Start.STAY)
        return b""

    def _after_reset(self, link: Link, before: Look, after: Look) -> None:
        if before.where is Where.NOWHERE and after.where is Where.NOWHERE:
            return
        self._media.detected(link, before if after.where is Where.NOWHERE else after)
        match after.where:
            case Where.GATE:
                self._media.returned(link)
            case Where.NOWHERE:
                self._media.retained(link)
            case _:
                self._media.held = True

    def _recover(self, link: Link, look: Look) -> None:
        """Somebody has removed the card that jammed: start anew, once."""
        if self._fault is not None and self._fault.reason is Reason.CARD_JAMMED and look.where is Where.NOWHERE:
            self._mechanics.start(link, Start.STAY)
            self._media.gone()
            self._fault = None

    def _look_later(self) -> None:
        wait_ms = self._settings.poll_ms if self._media.presented else self._settings.health_ms
        self._next = time.monotonic() + wait_ms / 1000

    def _failed(self, link: Link, error: DeviceError) -> None:
        """A command has failed: the status says so as well where it is the device that failed."""
        self._next = 0.0
        if error.reason in FAULTS:
            self._fault = error
        if error.reason not in _LOST:
            with suppress(DeviceError):
                link.report(self._status(link))

    @contextmanager
    def _standing(self) -> Iterator[None]:
        """Stay connected with a fault: connecting again and again would make the motors try against a jam again and again."""
        try:
            yield
        except DeviceError as error:
            if error.reason in FAULTS:
                self._fault = error
            elif error.reason is not Reason.BIN_FULL:
                raise

    def _looked(self, link: Link) -> Look:
        """As `Mechanics.look`, but a device that answers with a fault is asked no further: where the card is stays unknown."""
        try:
            return self._mechanics.look(link)
        except DeviceError as error:
            if error.reason in NO_ANSWER:
                raise
            if error.reason in FAULTS:
                self._fault = error
            return Look(Where.UNKNOWN, Level.UNKNOWN, Level.UNKNOWN)

    def _status(self, link: Link, look: Look | None = None) -> Status:
        look = look or self._looked(link)
        levels = supplies(self._model, look, link, self._settings.bin_high)
        made = status(self._model, look, levels, self._chip.part, self._fault)
        return msgspec.structs.replace(made, identity=self._identity)
