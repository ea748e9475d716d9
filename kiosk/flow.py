"""A citizen service is a table of steps; a step is the screen it shows, what it asks for on entry, and what each event does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from drivers.contract import Command, Event
from kiosk.screens import Screen
from kiosk.texts import Label, Say

F = TypeVar("F")


class Answered(Event, frozen=True, kw_only=True):
    """A touch. `view` is the number of the view it was made on; `nonce` is 128 random bits made at the touch."""

    personal: ClassVar[frozenset[str]] = frozenset({"value", "nonce"})

    role: str = "citizen"
    view: int
    action: str
    value: str = ""
    nonce: str = ""


class Tick(Event, frozen=True, kw_only=True):
    """Time goes on: `now` is monotonic seconds, `time` the wall clock with offset."""

    role: str = "clock"
    now: float
    time: datetime


class Hide(Event, frozen=True, kw_only=True):
    """Personal values have been in sight long enough: show them masked again."""

    role: str = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a step may know besides its own facts: plain values, made anew by the session for each call.

    `trouble(role)` is None for a device (or the office) that can be used now, else the sentence that says why not.
    """

    language: str
    care: bool
    time: datetime
    say: Say
    trouble: Callable[[str], Label | None]
    command_id: str  # for the command made on entry
    hall: Label
    notices: tuple[Label, ...]
    human: Label  # who helps when the machine cannot


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act on the world for the journal: what kind, on what, and nothing about the citizen."""

    kind: str
    subject: str
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Go(Generic[F]):
    """Go to a step with new facts; `also` are commands sent besides."""

    step: str
    facts: F
    also: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Stay(Generic[F]):
    """Show the step's screen again with these facts; its entry command is not sent again."""

    facts: F


@dataclass(frozen=True, slots=True)
class End:
    """The service is over: `leave` ends the citizen's session, otherwise home is shown."""

    leave: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Begin the service of this name."""

    service: str


class Pace(StrEnum):
    """How long nothing may happen on a step before the citizen is asked whether somebody is there."""

    IDLE = "idle"  # nobody is there
    NORMAL = "normal"
    ENTRY = "entry"
    SENSITIVE = "sensitive"  # masked, then ended
    RESULT = "result"  # ends by itself, without asking
    WORKING = "working"  # the machine is at work; its own time-outs hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[F]):
    """A row of a flow's table.

    `react` returns where to go, or None when the event means nothing here. A step with `act` is a point of no return: the act is
    in the journal before its command leaves, and Back never crosses it. A step that is only `passing` is not come back to.
    `leave` False keeps the citizen from ending while nobody knows yet what the act came to. `place` is its place on the step bar.
    """

    screen: Callable[[F, Around], Screen]
    react: Callable[[F, Event, Around], Go[F] | Stay[F] | End | Open | None]
    enter: Callable[[F, Around], Command] | None = None
    act: Callable[[F], Act] | None = None
    passing: bool = False
    leave: bool = True
    back: bool = True
    pace: Pace = Pace.NORMAL
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Generic[F]):
    """A citizen service: its steps, the facts it starts with, and `wake`: an event at home that opens it at a step."""

    name: str
    start: str
    facts: F
    steps: Mapping[str, Step[F]]
    places: int = 0
    wake: Callable[[Event], Go[F] | None] = lambda _: None


AnyFlow = Flow[Any]
