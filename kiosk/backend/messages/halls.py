"""Halls, their hours and the queues of their counters."""

from dataclasses import dataclass
from typing import ClassVar

from kiosk.backend.messages.base import Request, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBand:
    """One band of opening hours on the days `weekdays` (1 Monday .. 7 Sunday); a band of the noon service says so."""

    weekdays: tuple[int, ...]
    opens: str  # "09:00"
    closes: str
    noon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A service hall as its terminals present it."""

    code: str
    name: Words
    address: Words
    phone: str
    bands: tuple[OpenBand, ...]
    hours: Words  # the same as a sentence, noon service included
    notices: tuple[Words, ...] = ()
    open_now: bool
    privacy: Words  # short line for papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A service one can take a ticket for. `wait` is (optimistic, pessimistic) minutes, None when no counter is open.

    `ahead` is None where the terminal itself says it while the office is away: nobody there knows.
    """

    code: str
    name: Words
    about: Words
    prefix: str
    where: Words
    ahead: int | None
    wait: tuple[int, int] | None
    open_counters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetHall(Request):
    """The hall the asking terminal stands in."""

    METHOD: ClassVar = "GET"
    PATH: ClassVar = "/v1/hall"
    REPLY: ClassVar = Hall


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQueues(Request):
    """The queues of the hall."""

    METHOD: ClassVar = "GET"
    PATH: ClassVar = "/v1/queues"
    REPLY: ClassVar = tuple[Queue, ...]
