"""Second-generation ID-card reader with a SAM module on a serial line (GA/T 467).

A read is find, select, read, all three each time. The module answers "no card" to find for a card it has read until that card
has left the reader, so the same card is never read twice by itself. A card that lies there at the start is found like any other.

Whether a card is still there cannot be asked by the standard. Some modules answer select (20 02) again for the card that was
read; this is an inference, not a fact of the standard, so the driver tries it once after each read: only if the module answers
90 is it asked on, and two refusals in a row are told as CardRemoved. Otherwise presence stays unknown, and no CardRemoved comes.
A new ReadCard or Reset ends the watch over the card before.

Parts: `module` is inoperative when the module says so itself (SW3 60, 66); `fingerprint` is unknown until a read has asked for it;
`photoDecoder` is not supported where none is configured, and `IdCard.picture` is empty then.
"""

import re
import time
from collections.abc import Mapping

import msgspec

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
from drivers.line import OpenLine
from drivers.link import Link
from drivers.readers import id_card_text
from drivers.readers import sdt_id_protocol as sdt
from drivers.readers.photo_decoder import PhotoDecoder
from drivers.readers.sdt_id_module import Module
from drivers.readers.sdt_id_protocol import Blocks, Reply, Request
from drivers.readers.sdt_id_redactor import SdtRedactor
from drivers.runner import Driver, Runner, unsupported
from drivers.transport import SerialSettings, serial_line

_READ_TRIES = 2
_SELECT_TRIES = 3  # a card that is just being laid down is found before it can be selected
_GONE_AFTER = 2  # refusals in a row
_MODULE_NAME = re.compile(r"([^\W\d]\w*(\.[^\W\d]\w*)*)?", re.ASCII)


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long the module may take for each answer, more being given on a line slower than the fastest, and how often it is asked.

    With `fingerprint` the fingerprint block is read too. `photo_decoder` names a Python module with `decode(wlt: bytes) -> bytes`
    that makes a BMP, PNG or JPEG of the card's photo within `photo_ms`; empty: there is none.
    """

    status_ms: int = 500
    find_ms: int = 300
    select_ms: int = 300
    read_ms: int = 2000
    poll_ms: int = 10  # between two finds while a card is waited for
    presence_ms: int = 300
    health_ms: int = 3000
    fingerprint: bool = False
    photo_decoder: str = ""
    photo_ms: int = 2000

    def __post_init__(self) -> None:
        if self.baud not in sdt.BAUDS:
            message = f"Expected one of {', '.join(map(str, sdt.BAUDS))} - at `$.baud`"
            raise msgspec.ValidationError(message)
        if not _MODULE_NAME.fullmatch(self.photo_decoder):
            message = "Expected the name of a Python module - at `$.photo_decoder`"
            raise msgspec.ValidationError(message)


def build(context: Context, settings: Settings) -> Hardware:
    """The reader as a device."""
    decoder = PhotoDecoder(context.role, settings.photo_decoder, settings.photo_ms / 1000)
    return _Reader(context, SdtReader(settings, decoder), serial_line(settings), decoder)


class _Reader(Runner):
    """The reader's thread, and the photo decoder's process that ends with it."""

    def __init__(self, context: Context, driver: Driver, open_line: OpenLine, decoder: PhotoDecoder) -> None:
        super().__init__(context, driver, open_line)
        self._decoder = decoder

    def stop(self) -> None:
        super().stop()
        self._decoder.close()


class SdtReader(Driver):
    """The module's side of the runner."""

    capabilities = Capabilities(
        commands=("ReadCard",),
        events=("CardRemoved",),
        parts=("module", "fingerprint", "photoDecoder"),
        health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE),
        counters=("goodReadCount", "failedReadCount", "failedPictureCount"),
    )

    def __init__(self, settings: Settings, decoder: PhotoDecoder) -> None:
        self._settings = settings
        self._decoder = decoder
        self._module = Module(settings.baud, settings.status_ms, settings.health_ms)
        self._fingerprint = Part.UNKNOWN
        self._next_presence = 0.0
        self._refusals = 0
        self._card_lies = False  # a card was read and may still be there
        self._senses = False  # the module has told that it is

    def redactor(self) -> SdtRedactor:
        """Keeps commands and results, and puts a made-up card in the place of each that was read."""
        return SdtRedactor()

    def connect(self, link: Link) -> Status:
        """Ask the module how it is, at whatever speed it talks, and its number."""
        self._card_lies = self._senses = False
        self._fingerprint = Part.UNKNOWN
        self._decoder.start()
        self._module.hello(link)
        return self._status()

    def handle(self, link: Link, command: Command) -> Answer:
        """ReadCard."""
        match command:
            case ReadCard():
                return self._counted(link, command)
            case _:
                raise unsupported(command)

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - a card that only lies there cannot be moved
        """Let the module start anew, and the photo decoder too."""
        self._module.good(self._module.ask(link, Request.RESET, self._settings.status_ms), sdt.DONE)
        self._card_lies = self._senses = False
        self._decoder.start()

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: the module's own self-test; interactive: a card is read, and nothing of it kept."""
        self._module.well(link)
        if level is not HealthLevel.INTERACTIVE:
            return self._module.identity
        link.ask("check-lay-card")
        while not self._find(link):
            link.pause(self._settings.poll_ms / 1000)
        card = self._take(link)
        return {**self._module.identity, "fingerprint": f"{len(card.fingerprint)} bytes", "picture": f"{len(card.picture)} bytes"}

    def idle(self, link: Link) -> None:
        """Ask now and then whether the card is still there, and whether the module is well."""
        now = time.monotonic()
        if now >= self._module.next_look:
            self._module.look(link)
            self._decoder.tend()
        if self._card_lies and now >= self._next_presence:
            self._presence(link)
        link.report(self._status())
        soonest = min(self._module.next_look, self._next_presence) if self._card_lies else self._module.next_look
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
        text, photo, fingerprint = self._blocks(link)
        card = id_card_text.parse(text, photo)
        self._card_lies, self._refusals, self._next_presence = True, 0, 0.0
        return msgspec.structs.replace(card, fingerprint=fingerprint, picture=self._picture(link, photo))

    def _find(self, link: Link) -> bool:
        reply = self._module.ask(link, Request.FIND, self._settings.find_ms)
        if reply.sw3 == sdt.NO_CARD:
            return False
        self._module.good(reply, sdt.FOUND)
        return True

    def _select(self, link: Link) -> None:
        for left in reversed(range(_SELECT_TRIES)):
            link.check()
            reply = self._module.ask(link, Request.SELECT, self._settings.select_ms)
            if reply.sw3 == sdt.SELECT_FAILED and left:
                link.pause(self._settings.poll_ms / 1000)
                if self._find(link):
                    continue
            self._module.good(reply, sdt.DONE)
            return

    def _blocks(self, link: Link) -> Blocks:
        """Text, photo and, where it is wanted and the module knows how, fingerprint."""
        if self._settings.fingerprint and self._fingerprint is not Part.NOT_SUPPORTED:
            reply = self._read(link, Request.READ_ALL)
            if reply.sw3 != sdt.UNKNOWN_COMMAND:
                blocks = sdt.blocks(self._module.good(reply, sdt.DONE).data)
                self._fingerprint = Part.OK
                return blocks
            self._fingerprint = Part.NOT_SUPPORTED
        return sdt.blocks(self._module.good(self._read(link, Request.READ), sdt.DONE).data)

    def _read(self, link: Link, request: Request) -> Reply:
        try:
            return self._module.ask(link, request, self._settings.read_ms, _READ_TRIES)
        except DeviceError as error:
            if error.reason is not Reason.SILENT:
                raise
        self._module.well(link)  # a module that still tells how it is was only kept too long by the card
        raise DeviceError(Reason.TIMEOUT, Action.WAIT, f"{request.name}: no answer, but the module is well")

    def _picture(self, link: Link, photo: bytes) -> bytes:
        """The decoded photo; without one the card is read all the same."""
        if not photo or self._decoder.part is Part.NOT_SUPPORTED:
            return b""
        picture = self._decoder.decode(photo, link.check)
        if not picture:
            link.count("failedPictureCount")
        return picture

    def _presence(self, link: Link) -> None:
        self._next_presence = time.monotonic() + self._settings.presence_ms / 1000
        there = self._module.ask(link, Request.SELECT, self._settings.select_ms).sw3 == sdt.DONE
        if not self._senses:
            self._senses = self._card_lies = there
            return
        self._refusals = 0 if there else self._refusals + 1
        if self._refusals == _GONE_AFTER:
            self._card_lies = self._senses = False
            link.emit(CardRemoved(role=link.role))

    def _status(self) -> Status:
        trouble = self._module.trouble
        return Status(
            state=DeviceState.HARDWARE_ERROR if trouble else DeviceState.ONLINE,
            parts={
                "module": Part.INOPERATIVE if trouble else Part.OK,
                "fingerprint": self._fingerprint,
                "photoDecoder": self._decoder.part,
            },
            identity=self._module.identity,
            error=trouble,
        )
