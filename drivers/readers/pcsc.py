"""Reader with contacts behind PC/SC, for social security cards; a person puts the card in and takes it out.

A card that was read is not read again before it has left the reader, so that nobody reads one that somebody else has forgotten.
The daemon going away and coming back is told as the reader's plug. Runs in a child process: a reader's library may hang.
"""

import math
import time
from collections.abc import Callable, Mapping
from types import TracebackType

from drivers.context import Context, DeviceSettings
from drivers.contract import (
    Answer,
    Capabilities,
    CardFound,
    CardRemoved,
    Command,
    DeviceState,
    Hardware,
    HealthLevel,
    MediaDetected,
    MediaTo,
    Part,
    Position,
    ReadCard,
    SocialCard,
    SocialCardRead,
    Status,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Line, NoLine, Waker
from drivers.link import Link
from drivers.readers import social_card
from drivers.readers.pcsc_desk import Chip, Desk, Sight
from drivers.runner import Driver, Runner, unsupported

_PERSON = 60.0  # s for somebody to put a card in, or to take it
_NOWHERE = Sight(present=False, mute=False, count=0)


class Settings(DeviceSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which reader: `reader` is a part of the name that PC/SC gives it; `socket` where the daemon is found, "" for the usual place.

    `read_ms` is the longest that a whole card may take, `settle_ms` how long after a failure the reader may take to tell that the
    card was pulled.
    """

    reader: str
    socket: str = ""
    poll_ms: int = 100
    read_ms: int = 10_000
    settle_ms: int = 800
    isolated: bool = True


def build(context: Context, settings: Settings) -> Hardware:
    """The reader as a device."""
    reader = PcscReader(settings)
    return Runner(context, reader, reader.open)


class DeskLine(NoLine):
    """The way to the reader, as the runner opens and closes it."""

    def __init__(self, waker: Waker, desk: Desk) -> None:
        super().__init__(waker)
        self._desk = desk

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._desk.close()


class PcscReader(Driver):
    """The reader's side of the runner."""

    capabilities = Capabilities(
        commands=("ReadCard",),
        events=("CardRemoved", "MediaDetected"),
        parts=("reader", "card", "chip"),
        health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE),
        counters=("goodReadCount", "failedReadCount", "insertionCount"),
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._desk: Desk | None = None
        self._sight = _NOWHERE
        self._chip = Part.UNKNOWN
        self._read = False  # the card inside was read

    def open(self, waker: Waker) -> Line:
        """Find the reader; raises `DeviceError`."""
        self._desk = Desk(self._settings.reader, self._settings.socket)
        return DeskLine(waker, self._desk)

    def connect(self, link: Link) -> Status:
        """Ask the reader its name, and whether a card is inside."""
        self._read = False
        identity = self._open_desk.identity()
        self._sight = self._open_desk.look()
        self._chip = self._chip_of(self._sight)
        if self._sight.present:
            link.emit(MediaDetected(role=link.role, position=Position.CHIP))
        return Status(state=DeviceState.ONLINE, parts=self._parts(), identity=identity)

    def handle(self, link: Link, command: Command) -> Answer:
        """ReadCard."""
        match command:
            case ReadCard():
                return self._counted(link, command)
            case _:
                raise unsupported(command)

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - a card that a person holds cannot be moved
        """Look anew; a card that was read may be read again."""
        self._look(link)
        self._read = False
        if self._sight.present:
            link.emit(MediaDetected(role=link.role, position=Position.CHIP))

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: the reader is there; interactive: a card is read, and nothing of it kept."""
        self._look(link)
        if level is HealthLevel.INTERACTIVE:
            self._check_with_person(link)
        return dict(self._open_desk.identity())

    def idle(self, link: Link) -> None:
        """See whether a card comes or goes."""
        self._look(link)
        link.pause(self._settings.poll_ms / 1000)

    @property
    def _open_desk(self) -> Desk:
        if self._desk is None:
            raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, "no reader")
        return self._desk

    def _counted(self, link: Link, command: ReadCard) -> SocialCardRead:
        try:
            self._await(link, lambda: self._sight.present and not self._read)
            link.emit(CardFound(role=link.role, id=command.id))
            card = self._take(link)
        except DeviceError as error:
            if error.reason is not Reason.CANCELED:
                link.count("failedReadCount")
            raise
        link.count("goodReadCount")
        return SocialCardRead(role=link.role, id=command.id, card=card)

    def _check_with_person(self, link: Link) -> None:
        link.ask("check-insert-card")
        self._await(link, lambda: self._sight.present, _PERSON)
        self._take(link)
        link.ask("check-take-card")
        self._await(link, lambda: not self._sight.present, _PERSON)

    def _await(self, link: Link, seen: Callable[[], bool], seconds: float = math.inf) -> None:
        deadline = time.monotonic() + seconds
        self._look(link)
        while not seen():
            if time.monotonic() >= deadline:
                raise DeviceError(Reason.TIMEOUT, Action.WAIT, "nobody did what the check asks for")
            link.pause(self._settings.poll_ms / 1000)
            self._look(link)

    def _take(self, link: Link) -> SocialCard:
        """Read the card that is inside."""
        deadline = time.monotonic() + self._settings.read_ms / 1000
        try:
            with self._open_desk.chip() as chip:
                card = social_card.read(lambda apdu: self._exchange(link, chip, apdu, deadline))
        except DeviceError as error:
            raise self._meaning(link, error) from error
        self._read, self._chip = True, Part.OK
        self._tell(link)
        return card

    def _exchange(self, link: Link, chip: Chip, apdu: bytes, deadline: float) -> bytes:
        link.check()
        link.drain()  # nothing can have come; but whoever watches over this thread sees that it goes on
        if time.monotonic() >= deadline:
            raise DeviceError(Reason.TIMEOUT, Action.WAIT, f"the card takes more than {self._settings.read_ms} ms")
        return chip.exchange(apdu)

    def _meaning(self, link: Link, error: DeviceError) -> DeviceError:
        """What a failure means: a chip that says nothing may be one that was pulled, of which the reader has not told yet."""
        if error.reason not in {Reason.CARD_UNREADABLE, Reason.CARD_MOVED}:
            return error
        before = self._sight
        deadline = time.monotonic() + self._settings.settle_ms / 1000
        while time.monotonic() < deadline:
            self._look(link)
            if not self._sight.present or self._sight.count != before.count:
                return DeviceError(Reason.CARD_MOVED, Action.WAIT, error.detail)
            link.pause(self._settings.poll_ms / 1000)
        if error.reason is Reason.CARD_UNREADABLE:
            self._chip = Part.INOPERATIVE
            self._tell(link)
        return error

    def _look(self, link: Link) -> None:
        """See what is in the reader, and tell what has changed."""
        before, now = self._sight, self._open_desk.look()
        self._sight = now
        if now == before:
            return
        swapped = now.count != before.count
        if before.present and (swapped or not now.present) and self._read:
            self._read = False
            link.emit(CardRemoved(role=link.role))
        if now.present and (swapped or not before.present):
            link.count("insertionCount")
        self._chip = self._chip_of(now)
        self._tell(link)

    def _tell(self, link: Link) -> None:
        link.report(Status(state=DeviceState.ONLINE, parts=self._parts(), identity=link.status.identity))

    def _parts(self) -> dict[str, Part]:
        card = Part.PRESENT if self._sight.present else Part.NOT_PRESENT
        return {"reader": Part.OK, "card": card, "chip": self._chip}

    def _chip_of(self, sight: Sight) -> Part:
        """What is known of a chip that was not asked anything."""
        if not sight.present:
            return Part.NOT_PRESENT
        return Part.INOPERATIVE if sight.mute else Part.UNKNOWN
