"""Pre-review (预审) of the materials before the ticket: everything is said at once, and what may follow later is promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kiosk.backend.messages.base import Person, Request, Words


class MaterialAnswer(StrEnum):
    """What a citizen says of a material."""

    HAVE = "have"
    LICENCE = "licence"  # the electronic licence store holds it
    LATER = "later"  # promised (容缺)
    MISSING = "missing"
    FAULTY = "faulty"  # at hand, but not as it must be
    NOT_NEEDED = "notNeeded"  # `needed_if` does not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """An electronic licence in the store. `token` prints or submits it."""

    kind: str
    name: Words
    number: str = field(repr=False)
    issuer: Words
    issued: date
    expires: date | None
    valid: bool
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What has to be put right before the window can accept."""

    material: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A material that is handed in later, by `due`; what follows otherwise is in `consequence`."""

    material: str
    name: Words
    due: date
    consequence: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a pre-review came to. A passed one opens a ticket until `valid_until`; `token` is in the QR code of its paper."""

    number: str
    item: str
    item_version: int
    item_name: Words
    passed: bool
    at: datetime
    valid_until: datetime
    faults: tuple[Fault, ...]
    promises: tuple[Promise, ...]
    from_store: tuple[Words, ...]  # materials that need not be brought
    bring: tuple[Words, ...]
    queue: str  # service code of the ticket at this hall, "" where the hall does not handle it
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencesOfPerson(Request):
    """The person's electronic licences; asked only with the card on the reader."""

    PATH: ClassVar = "/v1/licences/of-person"
    REPLY: ClassVar = tuple[Licence, ...]

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReview(Request):
    """Put the answers for every material of the item before the office.

    Refused `stale_catalogue` where the item has changed since, `promise_barred` where the person may promise nothing.
    """

    PATH: ClassVar = "/v1/reviews"
    REPLY: ClassVar = Review

    nonce: str
    item: str
    item_version: int
    person: Person
    agent: Person | None = None
    answers: Mapping[str, MaterialAnswer]  # by code of the material


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewByToken(Request):
    """A pre-review by the code on its paper, to take the ticket later."""

    PATH: ClassVar = "/v1/reviews/by-token"
    REPLY: ClassVar = Review

    token: str = field(repr=False)
