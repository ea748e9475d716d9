"""How far a driver has come, as four grades of rules that build on each other (the idea of Home Assistant's quality scale).

`grades.toml` beside this file says of each driver and each rule `done`, `exempt: why`, or `todo: what`; `done: …` may name files.
A driver has a grade when no rule of it, nor of a lower one, is left to do.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, cast

FILE = Path(__file__).parent / "grades.toml"


class Tier(StrEnum):
    """The grades, lowest first."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"


@dataclass(frozen=True, slots=True)
class Rule:
    """Something a driver must have for its tier; `name` is its key in the file."""

    name: str
    tier: Tier
    says: str


State = Literal["done", "exempt", "todo"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a driver stands to a rule; `words` say why it is exempt, or what is left to do."""

    state: State
    words: str = ""


Marks = Mapping[str, Mark]

RULES = (
    Rule("contract", Tier.BRONZE, "the contract suite passes for it (a row in `contract_rows.py`)"),
    Rule("silence", Tier.BRONZE, "no answer is told as silent, never as paper out or broken; what was not asked is unknown"),
    Rule("exclusive", Tier.BRONZE, "a second program cannot open the device"),
    Rule("hot_plug", Tier.BRONZE, "a plug that is pulled at any byte is told once, its return once, without a restart"),
    Rule("who_acts", Tier.BRONZE, "each error says who ends it, and has a sentence"),
    Rule("nothing_personal", Tier.BRONZE, "nothing from a card, code or paper is in a log, an error or a counter"),
    Rule("documented", Tier.BRONZE, "a row in the table of drivers, and every setting explained"),
    Rule("protocol", Tier.SILVER, "its bytes are read and made by pure functions, held against published vectors"),
    Rule("fuzzed", Tier.SILVER, "its parsers are fuzzed: any bytes are read or refused, within bounded memory"),
    Rule("bench", Tier.SILVER, "a bench device with faults, written from the protocol's document"),
    Rule("mishaps", Tier.SILVER, "a test for each mishap of the device, named after it"),
    Rule("identity", Tier.SILVER, "model, maker, serial number and firmware are told as far as the device tells them"),
    Rule("internal_check", Tier.SILVER, "an internal health check that asks the device itself"),
    Rule("counters", Tier.SILVER, "it counts what wears and what fails; thresholds ask for attention"),
    Rule("reset", Tier.SILVER, "a reset that brings it back, limited so that it wears nothing out"),
    Rule("person_check", Tier.GOLD, "an external or interactive check that shows more than the internal one"),
    Rule("media_inside", Tier.GOLD, "media left inside are found at the start and by a reset"),
    Rule("configured", Tier.GOLD, "its configuration is put in again after each power cut"),
    Rule("redacted", Tier.GOLD, "a redactor that keeps its recordings playable, without anything about a citizen"),
    Rule("replayed", Tier.GOLD, "recordings of the bench that each test run plays to it"),
    Rule("panel", Tier.GOLD, "its bench device can be handled in the bench panel"),
    Rule("texts", Tier.GOLD, "all that it asks and tells people is there in every language"),
    Rule("measured", Tier.GOLD, "how long its answers take through the driver is measured (`tests/bench`)"),
    Rule("hardware", Tier.PLATINUM, "it was run against hardware, which is named"),
    Rule("soak", Tier.PLATINUM, "a week on hardware without a lost command, thread or byte of memory"),
    Rule("second_opinion", Tier.PLATINUM, "an independent second implementation agrees with its protocol"),
)


class GradesError(ValueError):
    """The file of grades is wrong; the message says where."""


def load(file: Path = FILE) -> dict[str, Marks]:
    """The marks of every driver in the file; raises `GradesError`."""
    try:
        drivers = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GradesError(f"{file.name}: {error}") from error
    entries = {f"{kind}.{model}": marks for kind, models in drivers.items() for model, marks in _table(kind, models)}
    return {name: _marks(name, marks) for name, marks in entries.items()}


def grade_of(marks: Marks) -> Tier | None:
    """The highest tier reached; None where even the lowest lacks something."""
    left = {rule.tier for rule in missing(marks)}
    reached = None
    for tier in Tier:
        if tier in left:
            break
        reached = tier
    return reached


def missing(marks: Marks) -> tuple[Rule, ...]:
    """The rules that are left to do, lowest tier first."""
    return tuple(rule for rule in RULES if marks[rule.name].state == "todo")


def _table(name: str, value: object) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        raise GradesError(f"{name}: not a table")
    return list(value.items())


def _marks(driver: str, marks: object) -> Marks:
    given = dict(_table(driver, marks))
    names = {rule.name for rule in RULES}
    if wrong := sorted(given.keys() ^ names):
        raise GradesError(f"{driver}: {', '.join(wrong)}: {'no such rule' if wrong[0] in given else 'nothing said'}")
    return {name: _mark(f"{driver}: {name}", given[name]) for name in names}


def _mark(where: str, value: object) -> Mark:
    state, _, words = str(value).partition(": ")
    if state not in {"done", "exempt", "todo"} or (state != "done" and not words.strip()):
        raise GradesError(f"{where}: is `done`, `exempt: why` or `todo: what`")
    return Mark(cast("State", state), words.strip())
