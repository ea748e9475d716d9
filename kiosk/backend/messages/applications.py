"""Applications: answers to a declared form, materials from camera, phone or licence store, a signature, one submission."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from kiosk.backend.messages.base import Person, Request, Words
from kiosk.backend.messages.cases import Delivery
from kiosk.backend.messages.reviews import MaterialAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A picture the office keeps for an application; forgotten after a day when none takes it.

    `bytes` and `sha256` (hex) are of the picture as it is kept: made anew, upright, without what a camera notes beside it.
    """

    id: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A way for a phone to send pictures: `url` goes into a QR code; `received` grows as they come in."""

    id: str
    url: str = field(repr=False)
    expires: datetime
    received: tuple[Upload, ...]
    closed: bool = False  # the phone said that this was all, or time is over


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMaterial:
    """How a material of the item is given: pictures, or a licence's token, or promised."""

    answer: MaterialAnswer
    uploads: tuple[str, ...] = ()
    licence: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The office's receipt for an application: the case it opened."""

    number: str
    item_name: Words
    accepted: datetime
    promised_date: date
    office: Words
    phone: str
    token: str = field(repr=False)  # opens the case


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPicture(Request):
    """Keep a JPEG of at most 4 MiB; the same `nonce` keeps it once. Refused `upload_invalid` for what is no picture."""

    METHOD: ClassVar = "PUT"
    PATH: ClassVar = "/v1/uploads/{nonce}"
    REPLY: ClassVar = Upload
    RAW: ClassVar = "jpeg"

    nonce: str
    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHandOver(Request):
    """Let a phone send pictures of a material (`what` is its name in the citizen's language) for 10 minutes."""

    PATH: ClassVar = "/v1/hand-overs"
    REPLY: ClassVar = HandOver

    nonce: str
    what: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitHandOver(Request):
    """The hand-over as soon as more than `known` pictures are there or it is closed, or as it is after 3 s."""

    METHOD: ClassVar = "GET"
    PATH: ClassVar = "/v1/hand-overs/{id}"
    REPLY: ClassVar = HandOver

    id: str
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Request):
    """Hand the application in; the same `nonce` always gets the same receipt.

    `answers` are strings by field key (several choices joined by a comma, a date as 2026-01-31); `signature` is an SVG path over a
    1000 by 400 field, "" where none is asked for. Refused `stale_catalogue`, `form_invalid`, `material_missing`, `not_deferrable`,
    `upload_invalid`, `licence_invalid`, `promise_barred`, `duplicate_case` (两头受理: the person has an open case of this item).
    """

    PATH: ClassVar = "/v1/applications"
    REPLY: ClassVar = Receipt

    nonce: str
    item: str
    item_version: int
    form: str
    form_version: int
    person: Person
    agent: Person | None = None
    phone: str = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    materials: Mapping[str, GivenMaterial]
    delivery: Delivery
    signature: str = field(default="", repr=False)
    language: str
