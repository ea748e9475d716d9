"""A citizen service is a table of steps; a step is the screen it shows, what it asks for on entry, and what each event does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from drivers.contract import Command, Event
from kiosk.backend.messages import Person
from kiosk.catalogue.catalogue import CATALOGUE, Catalogue
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


class Typed(Event, frozen=True, kw_only=True):
    """What stands in the screen's field now, while it is being typed: no answer yet, so the screen is not closed to touches.

    `place` is that of the view it was typed on.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    role: str = "citizen"
    place: int
    text: str


class Tick(Event, frozen=True, kw_only=True):
    """Time goes on: `now` is monotonic seconds, `time` the wall clock with offset."""

    role: str = "clock"
    now: float
    time: datetime


class CatalogueChanged(Event, frozen=True, kw_only=True):
    """There is another catalogue; whoever is in the middle of something keeps the one they began with."""

    role: str = CATALOGUE
    catalogue: Catalogue


class Hide(Event, frozen=True, kw_only=True):
    """Personal values have been in sight long enough: show them masked again."""

    role: str = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a service is opened about: an item's code, and tokens or numbers of what another service made. "" where there is none.

    `rated` is what was just done, as (served, service, subject) for `messages.ratings.Rate`.
    """

    item: str = ""
    review: str = field(default="", repr=False)  # token of a passed pre-review
    booking: str = field(default="", repr=False)  # token
    case: str = field(default="", repr=False)  # token
    matter: str = field(default="", repr=False)  # token
    rated: tuple[str, str, str] | None = field(default=None, repr=False)
    queue: str = ""


NOTHING = Subject()


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a step may know besides its own facts: plain values, made anew by the session for each call.

    `trouble(role)` is None for a device (or the office) that can be used now, else the sentence that says why not.
    `catalogue` is the one the citizen's session began with. `person` is who has shown their card in this session, or for whom a
    helper acts (代办): then `agent` is the helper.
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
    offered: Callable[[str], bool]  # whether this terminal has the service of that name
    catalogue: Catalogue
    person: Person | None = None
    agent: Person | None = None


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
    """Show the step's screen again with these facts. With `again` its entry command is sent once more, as if time went on by itself."""

    facts: F
    again: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """The service is over: `leave` ends the citizen's session, otherwise home is shown.

    `rate` (served, service, subject) is offered for evaluation first, where this terminal has that service.
    """

    leave: bool = False
    rate: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Begin the service of this name, about something; Back leads to where one comes from."""

    service: str
    about: Subject = NOTHING


@dataclass(frozen=True, slots=True)
class ActFor:
    """From now on everything in this session is done for `person` by `agent`; then home is shown. None for both: for oneself again."""

    person: Person | None
    agent: Person | None


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
    react: Callable[[F, Event, Around], "Move[F]"]
    enter: Callable[[F, Around], Command] | None = None
    act: Callable[[F], Act] | None = None
    passing: bool = False
    leave: bool = True
    back: bool = True
    pace: Pace = Pace.NORMAL
    place: int = 0


Move = Go[F] | Stay[F] | End | Open | ActFor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Generic[F]):
    """A citizen service: its steps, the facts it starts with, and `wake`: an event at home that opens it at a step.

    `about` says where it begins when it is opened about something; without it that is `start`.
    """

    name: str
    start: str
    facts: F
    steps: Mapping[str, Step[F]]
    places: int = 0
    wake: Callable[[Event], Go[F] | None] = lambda _: None
    about: Callable[[Subject, Around], Go[F]] | None = None


AnyFlow = Flow[Any]
