"""What a session needs to know of where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from drivers.contract import Command
from kiosk.flow import Act, AnyFlow
from kiosk.idle import Times
from kiosk.lobby import Offer
from kiosk.screens import View
from kiosk.texts import Label, Sentences

Send = Callable[[Command, Act | None], None]
Show = Callable[[View], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The terminal's services, languages and times. `boot` is random per start: it makes command ids unique for ever."""

    flows: Mapping[str, AnyFlow]
    offers: tuple[Offer, ...]
    roles: frozenset[str]
    sentences: Sentences
    languages: tuple[str, ...]
    hall: Label
    human: Label
    times: Times
    boot: str
