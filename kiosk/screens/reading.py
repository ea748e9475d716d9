"""Screens to read, search and find one's way: pages of sections, live search, maps, codes to take along."""

from dataclasses import dataclass

from kiosk.screens import Option, Row, Screen, Tone
from kiosk.texts import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A short fact that stands out: 最多跑一次, 即办, a state."""

    label: Label
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands below it: rows of label and value, then lines of text, numbered where they are steps."""

    heading: Label
    rows: tuple[Row, ...] = ()
    lines: tuple[Label, ...] = ()
    numbered: bool = False
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Screen):
    """Something to read in pages, with what can be done about it. Answers: `choose` with an action's value, `eye` where `personal`.

    The first action is the main one. `code` is shown as a QR code with `code_hint`. With `personal` there is an eye that opens and
    masks what the rows keep masked.
    """

    title: Label
    badges: tuple[Badge, ...] = ()
    number: Label = ""  # shown large
    tone: Tone = Tone.PLAIN
    sections: tuple[Section, ...]
    actions: tuple[Option, ...]
    code: str = ""
    code_hint: Label = ""
    personal: bool = False
    revealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Screen):
    """Type and see what fits at once. Answers: `choose` with a result's value, `narrow` with a chip's; `Typed` with each key.

    `chips` are ways to narrow, the chosen one has the tone DONE. `found` says how many there are in all.
    """

    title: Label
    hint: Label
    typed: str
    chips: tuple[Option, ...] = ()
    results: tuple[Option, ...]
    found: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Options under a heading."""

    heading: Label
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Screen):
    """Many short options side by side, as the times of a day. Answers: `choose` with the option's value."""

    title: Label
    hint: Label = ""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """A part of a floor, in fractions of its width and height from the top left corner."""

    value: str
    label: Label
    x: float
    y: float
    width: float
    height: float
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HallMap(Screen):
    """A floor as a map. Answers: `floor` with another floor's value, `choose` with an area's, `done`.

    `here` is where the citizen stands, in the same fractions; None on another floor. `about` says more of the marked area.
    """

    title: Label
    floors: tuple[Option, ...]
    floor: str
    areas: tuple[MapArea, ...]
    here: tuple[float, float] | None
    about: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCode(Screen):
    """A QR code for the citizen's phone. Answers: `done`, `other`; `state` says what has come of it so far."""

    title: Label
    hint: Label
    code: str
    points: tuple[Label, ...] = ()
    state: Label = ""
    busy: bool = False  # waiting for the phone
    done: Label
    other: Label = ""
