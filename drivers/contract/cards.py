"""What is read from identity cards and from social security cards. No repr of these values shows a person."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from drivers.contract.messages import Answer, Command, Event


class CardKind(StrEnum):
    """The layouts of the 256-byte text block (GA/T 490)."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmtPermit"  # residence permit for Hong Kong, Macau and Taiwan residents
    FOREIGN_2017 = "foreign2017"
    FOREIGN_2023 = "foreign2023"


class IdCard(Struct, frozen=True, kw_only=True):
    """What an identity card says; its repr shows the kind only, so that no log can leak the person.

    `sex` is the GB/T 2261.1 code, `ethnicity` the GB 3304 code or "". `valid_to` None means 长期 (no end).
    `photo` is the undecoded WLT block, `picture` the same as a BMP where a photo decoder is configured; `fingerprint` is the
    undecoded block of 0, 512 or 1024 bytes. Both are b"" where the card or the reader has none.
    """

    kind: CardKind
    name: str
    latin_name: str = ""
    sex: str
    ethnicity: str = ""
    born: date
    address: str = ""
    number: str
    issuer: str = ""
    valid_from: date
    valid_to: date | None
    photo: bytes = b""
    picture: bytes = b""
    fingerprint: bytes = b""

    def __repr__(self) -> str:
        return f"IdCard({self.kind})"


class SocialCard(Struct, frozen=True, kw_only=True):
    """What the public files EF05 and EF06 of a social security card say; fields a card does not have are "" or None.

    `number` is the card's own number, `id_number` the holder's identity number.
    """

    number: str
    id_number: str = ""
    name: str = ""
    sex: str = ""
    ethnicity: str = ""
    issued: date | None = None
    valid_to: date | None = None

    def __repr__(self) -> str:
        return "SocialCard()"


class ReadCard(Command, frozen=True, kw_only=True):
    """Wait for a card and read it, until read, failed or cancelled; answered by CardRead or SocialCardRead."""


class CardFound(Answer, frozen=True, kw_only=True):
    """A card is on the reader and being read: it must stay where it is."""

    final: ClassVar[bool] = False


class CardRead(Answer, frozen=True, kw_only=True):
    """An identity card was read whole and its number's check digit is right."""

    personal: ClassVar[frozenset[str]] = frozenset({"card"})

    card: IdCard


class SocialCardRead(Answer, frozen=True, kw_only=True):
    """A social security card was read."""

    personal: ClassVar[frozenset[str]] = frozenset({"card"})

    card: SocialCard


class CardRemoved(Event, frozen=True, kw_only=True):
    """The card read last has left the reader. Only readers that can sense it report this."""
