"""Second-generation ID-card reader with a SAM module on a serial line (GA/T 467).

A read is find, select, read, all three each time. The module answers "no card" to find for a card it has read until that card
has left the reader, so the same card is never read twice by itself.

Whether a card is still there cannot be asked by the standard. Some modules answer select (20 02) again for the card that was
read; this is an inference, not a fact of the standard, so the driver tries it once after each read: only if the module answers
90 is it asked on, and two refusals in a row are told as CardRemoved. Otherwise presence stays unknown, and no CardRemoved comes.
A new ReadCard or Reset ends the watch over the card before.
"""

import time
from collections.abc import Mapping

from drivers.context import Context
from drivers.contract import (
    Answer,
    Capabilities,
    CardFound,
    CardRead,
    CardRemoved,
    Command,
    DeviceState,
    Hardware,
    HealthLevel,
    IdCard,
    MediaTo,
    Part,
    ReadCard,
    Status,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.readers import id_card_text
from drivers.readers import sdt_id_protocol as sdt
from drivers.readers.sdt_id_protocol import Frames, Reply, Request
from drivers.runner import Driver, Runner, unsupported
from drivers.transport import SerialSettings, serial_line

_TRIES = 3  # of a request that got no good answer: noise on the line hits one now and then
_READ_TRIES = 2
_SELECT_TRIES = 3  # a card that is just being laid down is found before it can be selected
_GONE_AFTER = 2  # refusals in a row


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long the module may take for each answer, and how often it is asked."""

    status_ms: int = 500
    find_ms: int = 300
    select_ms: int = 300
    read_ms: int = 2000
    poll_ms: int = 10  # between two finds while a card is waited for
    presence_ms: int = 300
    health_ms: int = 3000


def build(context: Context, settings: Settings) -> Hardware:
    """The reader as a device."""
    return Runner(context, SdtReader(settings), serial_line(settings))


class SdtReader(Driver):
    """The module's side of the runner."""

    capabilities = Capabilities(
        commands=("ReadCard",),
        events=("CardRemoved",),
        parts=("module",),
        health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE),
        counters=("goodReadCount", "failedReadCount"),
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._next_health = 0.0
        self._next_presence = 0.0
        self._refusals = 0
        self._card_lies = False  # a card was read and may still be there
        self._senses = False  # the module has told that it is

    def connect(self, link: Link) -> Status:
        """Ask the module how it is, and its number."""
        self._card_lies = self._senses = False
        link.drain()
        self._health(link)
        return Status(state=DeviceState.ONLINE, parts={"module": Part.OK}, identity=self._identity(link))

    def handle(self, link: Link, command: Command) -> Answer:
        """ReadCard."""
        match command:
            case ReadCard():
                return self._counted(link, command)
            case _:
                raise unsupported(command)

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - a card that only lies there cannot be moved
        """Let the module start anew."""
        self._ask(link, Request.RESET, self._settings.status_ms)
        self._card_lies = self._senses = False

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: the module's own self-test; interactive: a card is read, and nothing of it kept."""
        self._health(link)
        if level is HealthLevel.INTERACTIVE:
            link.ask("check-lay-card")
            while not self._find(link):
                link.pause(self._settings.poll_ms / 1000)
            self._take(link)
        return self._identity(link)

    def idle(self, link: Link) -> None:
        """Ask now and then whether the card is still there, and whether the module is well."""
        now = time.monotonic()
        if now >= self._next_health:
            self._health(link)
        if self._card_lies and now >= self._next_presence:
            self._presence(link)
        soonest = min(self._next_health, self._next_presence) if self._card_lies else self._next_health
        link.pause(soonest - time.monotonic())

    def _counted(self, link: Link, command: ReadCard) -> CardRead:
        try:
            card = self._read_card(link, command)
        except DeviceError as error:
            if error.reason is not Reason.CANCELED:
                link.count("failedReadCount")
            raise
        link.count("goodReadCount")
        return CardRead(role=link.role, id=command.id, card=card)

    def _read_card(self, link: Link, command: ReadCard) -> IdCard:
        self._card_lies = self._senses = False
        while not self._find(link):
            link.pause(self._settings.poll_ms / 1000)
        link.emit(CardFound(role=link.role, id=command.id))
        return self._take(link)

    def _take(self, link: Link) -> IdCard:
        """Read the card that was found."""
        self._select(link)
        link.check()
        text, photo = sdt.blocks(self._good(self._read(link), sdt.DONE).data)
        card = id_card_text.parse(text, photo)
        self._card_lies, self._refusals, self._next_presence = True, 0, 0.0
        return card

    def _find(self, link: Link) -> bool:
        reply = self._ask(link, Request.FIND, self._settings.find_ms)
        if reply.sw3 == sdt.NO_CARD:
            return False
        self._good(reply, sdt.FOUND)
        return True

    def _select(self, link: Link) -> None:
        for left in reversed(range(_SELECT_TRIES)):
            link.check()
            reply = self._ask(link, Request.SELECT, self._settings.select_ms)
            if reply.sw3 == sdt.SELECT_FAILED and left:
                link.pause(self._settings.poll_ms / 1000)
                if self._find(link):
                    continue
            self._good(reply, sdt.DONE)
            return

    def _read(self, link: Link) -> Reply:
        try:
            return self._ask(link, Request.READ, self._settings.read_ms, _READ_TRIES)
        except DeviceError as error:
            if error.reason is not Reason.SILENT:
                raise
        self._health(link)  # a module that still tells how it is was only kept too long by the card
        raise DeviceError(Reason.TIMEOUT, Action.WAIT, "READ: no answer, but the module is well")

    def _presence(self, link: Link) -> None:
        self._next_presence = time.monotonic() + self._settings.presence_ms / 1000
        there = self._ask(link, Request.SELECT, self._settings.select_ms).sw3 == sdt.DONE
        if not self._senses:
            self._senses = self._card_lies = there
            return
        self._refusals = 0 if there else self._refusals + 1
        if self._refusals == _GONE_AFTER:
            self._card_lies = self._senses = False
            link.emit(CardRemoved(role=link.role))

    def _health(self, link: Link) -> None:
        self._next_health = time.monotonic() + self._settings.health_ms / 1000
        self._good(self._ask(link, Request.STATUS, self._settings.status_ms), sdt.DONE)

    def _identity(self, link: Link) -> dict[str, str]:
        try:
            return {"serial": sdt.module_id(self._good(self._ask(link, Request.MODULE_ID, self._settings.status_ms), sdt.DONE).data)}
        except DeviceError as error:
            if error.reason is Reason.UNPLUGGED:
                raise
            return {}  # the module has told that it is well: a number it does not tell is no fault

    def _good(self, reply: Reply, expected: int) -> Reply:
        if reply.sw3 == expected:
            return reply
        self._next_health = 0.0  # whatever is wrong, ask the module itself as soon as the command has ended
        raise sdt.meaning(reply.sw3)

    def _ask(self, link: Link, request: Request, wait_ms: int, tries: int = _TRIES) -> Reply:
        """One exchange; raises `DeviceError`: SILENT when nothing came, GARBLED when what came was no answer."""
        heard = False
        for _ in range(tries):
            link.drain()
            link.send(sdt.encode(request))
            frames = Frames()
            if reply := self._answer(link, request, frames, wait_ms / 1000):
                return reply
            heard = heard or frames.heard
        if heard:
            raise DeviceError(Reason.GARBLED, Action.MAINTENANCE, f"{request.name}: no whole answer in {tries} tries")
        raise DeviceError(Reason.SILENT, Action.CLEAR, f"{request.name}: no answer in {tries} tries")

    def _answer(self, link: Link, request: Request, frames: Frames, seconds: float) -> Reply | None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            for reply in frames.feed(link.receive(left)):
                if sdt.fits(request, reply):
                    return reply
        return None
