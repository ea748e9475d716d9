"""What a citizen sees, as plain values: one frozen dataclass a screen, one QML file of the same name in `ui/qml/Kiosk/screens`.

Here are the screens of every visit; `reading` and `entry` have those that single services need.

Each answer a screen can give is an action with a value; the docstring of the screen lists them. Labels are text keys, words of
the office or plain data (`kiosk.texts.Label`); the shell turns them into strings of the session's language.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.texts import Label, Text


@dataclass(frozen=True, slots=True)
class Screen:
    """Exactly what is shown inside the frame."""


class Tone(StrEnum):
    """Mood of a message or a state; never shown by colour alone."""

    PLAIN = "plain"
    DONE = "done"
    WAIT = "wait"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A card to choose. A disabled one stays visible and says in `why` why it cannot be had and what to do."""

    value: str
    title: Label
    about: Label = ""
    icon: str = ""
    note: Label = ""  # short fact at the edge: people ahead, state of a case
    tone: Tone = Tone.PLAIN
    enabled: bool = True
    why: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attract(Screen):
    """Nobody is here. Answers: `start`."""

    hall: Label
    can_do: tuple[Label, ...]
    notices: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(Screen):
    """The five entrances and above them the quick acts. Answers: `choose` with the option's value."""

    hall: Label
    quick: tuple[Option, ...]
    entrances: tuple[Option, ...]
    search: Option | None = None  # a field that opens the search when it is touched
    notice: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Screen):
    """One of many, in pages of six. Answers: `choose` with the option's value."""

    title: Label
    hint: Label = ""
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Screen):
    """A decision. Answers: `yes`, `no`."""

    title: Label
    points: tuple[Label, ...]
    yes: Text
    no: Text
    icon: str = ""


class Pad(StrEnum):
    """Which keys an Enter screen offers."""

    DIGITS = "digits"
    CASE_NUMBER = "caseNumber"  # digits and the letters that case numbers have
    ID_NUMBER = "idNumber"  # digits and X
    LETTERS = "letters"  # Latin letters and digits
    PLATE = "plate"  # province character, letters, digits
    TEXT = "text"  # Chinese by pinyin, letters, digits, punctuation


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter(Screen):
    """One typed answer. Answers: `enter` with the text, `skip` where there is one.

    `groups` are the lengths between which a gap is shown; `lines` how many lines of text the field has.
    """

    title: Label
    hint: Label
    pad: Pad
    least: int
    most: int
    groups: tuple[int, ...] = ()
    value: str = ""
    error: Label = ""
    secret: bool = False
    lines: int = 1
    skip: Text | None = None


class Spot(StrEnum):
    """A place on the machine's front that a citizen is pointed to."""

    ID_READER = "id_reader"
    SCANNER = "scanner"
    RECEIPT_PRINTER = "receipt_printer"
    A4_PRINTER = "a4_printer"
    DOCUMENT_CAMERA = "document_camera"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present(Screen):
    """Put a card or a code to its place, shown on a drawing of this machine. Answers: `other` (another way)."""

    title: Label
    hint: Label
    spot: Spot
    error: Label = ""
    busy: bool = False  # being read: keep it still
    other: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy(Screen):
    """Something is being done; nothing can be touched. `number` is what must not be lost meanwhile, shown large."""

    title: Label
    detail: Label = ""
    number: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Screen):
    """What happened and what to do. Answers: `primary`, `second`. `human` names the counter, phone or person who helps."""

    title: Label
    points: tuple[Label, ...] = ()
    tone: Tone = Tone.PLAIN
    number: Label = ""
    human: Label = ""
    primary: Text
    second: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketShown(Screen):
    """A ticket's number, where to go, and where its paper is. Answers: `done`, `reprint` (when `reprint` is set)."""

    title: Label
    number: str
    service: Label
    where: Label
    ahead: Label
    wait: Label
    paper: Label
    tone: Tone
    follow: str  # URL as QR code
    spot: Spot | None = None
    reprint: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label and its value; `masked` is shown until the eye is opened, where the value is personal."""

    label: Label
    value: Label
    masked: Label = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """A stage of a case. `step` counts from 1; several rows of one step are parallel lanes."""

    step: int
    lane: Label = ""
    name: Label
    state: str  # a StageState value
    state_label: Label
    detail: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShown(Screen):
    """A case: stages, deadlines, what is missing, what comes next. Answers: `print`, `eye`, `done`, and `choose` with one of `more`.

    Without `can_print` the print button is there all the same, and `print_why` says why it cannot be pressed.
    """

    title: Label
    state: Label
    tone: Tone
    rows: tuple[Row, ...]
    deadline: tuple[Row, ...]
    stages: tuple[StageRow, ...]
    missing: tuple[Label, ...]
    next_step: Label
    revealed: bool
    can_print: bool = True
    print_why: Label = ""
    more: tuple[Option, ...] = ()  # what its holder can do: print the result, urge, rate, delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every screen. Answers: `frame-back`, `frame-end`, `frame-language` with a tag, `frame-care`, `frame-stay`.

    `step` is (which, of how many) or None; `countdown` seconds until the session ends, 0 when there is time;
    `extendable` False when only staff could give more. `hall` stands at the top, `acting` says for whom a helper acts.
    """

    hall: Label = ""
    back: bool = False
    end: bool = False
    step: tuple[int, int] | None = None
    countdown: int = 0
    extendable: bool = True
    care: bool = False
    language: str = "zh-CN"
    acting: Label = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A screen in its frame; `number` grows with each step and each answer, and an answer to an older number is dropped.

    `place` grows with each step only: while it stays, the same screen is shown with other content.
    """

    number: int
    place: int
    screen: Screen
    frame: Frame
