"""Evaluation (好差评): five levels, voluntary, one per service."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from kiosk.backend.messages.base import Request


class Served(StrEnum):
    """What kind of service is rated."""

    TICKET = "ticket"
    BOOKING = "booking"
    CASE = "case"
    MATTER = "matter"
    VISIT = "visit"  # something done at the terminal that left nothing in the office: a look-up, a printed guide


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rating is on record; a bad one (1 or 2) is looked into by `follow_up`."""

    number: str
    follow_up: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Request):
    """Rate a service once. `subject` is the ticket's id, the token of the others, or the nonce of the visit.

    Refused `rated_already`, `not_rateable`, and `stale_catalogue` for reasons of a version the office no longer takes.
    """

    PATH: ClassVar = "/v1/ratings"
    REPLY: ClassVar = Rated

    nonce: str
    served: Served
    service: str  # name of the terminal's service
    subject: str = field(repr=False)
    level: int  # 1..5, 5 the best
    version: int
    reasons: tuple[str, ...] = ()
    remark: str = field(default="", repr=False)
