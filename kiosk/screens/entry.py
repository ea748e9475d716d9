"""Screens on which a citizen says something: several choices, answers to check, a page for the camera, a signature, a rating."""

from dataclasses import dataclass, field

from kiosk.screens import Option, Screen
from kiosk.texts import Label, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSome(Screen):
    """Any of several. Answers: `toggle` with an option's value, `done`, `skip` where there is one. `picked` are the values chosen."""

    title: Label
    hint: Label = ""
    options: tuple[Option, ...]
    picked: tuple[str, ...]
    least: int = 0
    done: Text
    skip: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A given answer; `key` "" where it cannot be changed."""

    key: str
    label: Label
    value: Label
    problem: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswers(Screen):
    """Everything once more before it counts; `declaration` is what one confirms. Answers: `change` with a row's key, `submit`, `second`."""

    title: Label
    hint: Label = ""
    rows: tuple[AnswerRow, ...]
    declaration: Label = ""
    submit: Text
    second: Text | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG for the screen; its repr shows the size only."""

    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera(Screen):
    """The picture of the document camera as it is now, or the page just taken. Answers: `take`; with `taken`: `use`, `again`; `other`.

    `role` is whose preview is shown while nothing is taken.
    """

    title: Label
    hint: Label
    role: str
    taken: Picture | None = None
    busy: bool = False
    error: Label = ""
    other: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Screen):
    """A field to write one's name in. Answers: `sign` with an SVG path over a 1000 by 400 field (`M x y L x y …`, whole numbers)."""

    title: Label
    hint: Label
    declaration: Label
    error: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Screen):
    """How satisfied: five levels, none suggested. Answers: `rate` with "1".."5" (5 the best), `skip`."""

    title: Label
    hint: Label
    levels: tuple[Label, ...]  # from 5 down to 1
    skip: Text
