"""The catalogue (事项目录): guides, themes, departments, halls, forms and whatever else a terminal shows without asking for it each time.

A catalogue is immutable: any change makes another version. A terminal keeps one whole and works from it without the office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.backend.messages.base import Words
from kiosk.backend.messages.forms import Choice, Form
from kiosk.backend.messages.halls import OpenBand


class ListTag(StrEnum):
    """The four lists (马上办 网上办 就近办 一次办)."""

    AT_ONCE = "atOnce"
    ONLINE = "online"
    NEARBY = "nearby"
    ONE_VISIT = "oneVisit"


class MaterialStage(StrEnum):
    """When a material is due."""

    APPLICATION = "application"
    SITE_CHECK = "siteCheck"  # 现场核验时一并提交


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A paper to bring.

    A `deferrable` one (可容缺) may follow within `defer_days` working days; `licence` is the kind of electronic licence that replaces
    it; `form` the form one fills in for it; `checks` are what the pre-review asks of it, each to be answered yes.
    """

    code: str
    name: Words
    source: Words
    copies: int
    original: bool
    deferrable: bool = False
    defer_days: int = 0
    licence: str = ""
    form: str = ""
    sample: tuple[Words, ...] = ()  # lines of a right one, with made-up content
    checks: tuple[Words, ...] = ()
    needed_if: Words | None = None
    stage: MaterialStage = MaterialStage.APPLICATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A step of the procedure; `special` (特殊环节) ones take `days` beside the promised time where `suspends`."""

    name: Words
    office: Words
    days: int
    special: bool = False
    suspends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A charge; `amount` is in fen, None where it is reckoned by the case."""

    name: Words
    amount: int | None
    unit: Words | None = None
    basis: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A frequent question with its answer."""

    question: Words
    answer: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One of the standard elements: `key` is one of `Guide.texts`, or `materials`, `process`, `fees`, `places`."""

    key: str
    title: Words
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideSchema:
    """The standard elements of a guide (要素), in the order they are shown."""

    version: int
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item is handled: a hall and its window."""

    hall: str
    window: Words
    queue: str  # service code of its tickets, "" where none are given
    area: str = ""  # code of an area on the hall's map


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A matter a citizen can have handled (事项). `texts` are its elements by key; `brief` the short guide's points.

    `pinyin` is the Chinese name's syllables joined by spaces, `initials` their first letters. `form` names the application form
    where the terminal can take the application. `review`: a ticket wants a passed pre-review first.
    """

    code: str
    version: int
    effective: date
    name: Words
    department: str
    pinyin: str
    initials: str
    synonyms: tuple[str, ...] = ()
    lists: tuple[ListTag, ...] = ()
    visits: int
    instant: bool = False  # 即办
    statutory_days: int
    promised_days: int
    brief: tuple[Words, ...]
    texts: Mapping[str, tuple[Words, ...]]
    materials: tuple[Material, ...] = ()
    process: tuple[Process, ...] = ()
    fees: tuple[Fee, ...] = ()
    places: tuple[Place, ...] = ()
    questions: tuple[Answered, ...] = ()
    form: str = ""
    bookable: bool = False
    review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """An agency with items."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One thing in life (一件事): the items it takes, in their order."""

    code: str
    name: Words
    about: Words
    icon: str
    business: bool
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of a floor, in fractions of its width and height from the top left corner."""

    code: str
    name: Words
    x: float
    y: float
    width: float
    height: float
    about: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor of a hall as a map; `here` is where this terminal stands, None on other floors."""

    code: str
    name: Words
    areas: tuple[Area, ...]
    here: tuple[float, float] | None = None


class Level(StrEnum):
    """Level of a hall or station (市 县 乡 村)."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hall or a station. `weekend` says in words what is open on weekends, None when nothing is."""

    code: str
    level: Level
    parent: str  # code of the site above, "" for the city's
    name: Words
    address: Words
    phone: str
    bands: tuple[OpenBand, ...]
    hours: Words
    weekend: Words | None = None
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to know, in sight from `since` to `until` inclusive."""

    code: str
    title: Words
    text: tuple[Words, ...]
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A machine of another agency nearby: what it does, what one needs, where it stands."""

    code: str
    name: Words
    does: tuple[Words, ...]
    needs: tuple[Words, ...]
    where: Words
    hours: Words
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingForm:
    """The reasons of the five levels (好差评), 5 the best; `version` goes with every rating."""

    version: int
    reasons: Mapping[int, tuple[Choice, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueHead:
    """All of a catalogue but its guides. `divisions` are those of addresses, by the code of what they are in ("" for the top).

    `guide_url` is where phones read a guide, with {code} in the place of its code; "" where they cannot reach the office.
    """

    version: str
    published: datetime
    schema: GuideSchema
    departments: tuple[Department, ...]
    themes: tuple[Theme, ...]
    sites: tuple[Site, ...]
    notices: tuple[Notice, ...]
    neighbours: tuple[Neighbour, ...]
    forms: tuple[Form, ...]
    rating: RatingForm
    order_kinds: tuple[Choice, ...]  # what a 12345 work order may be about
    complaint_kinds: tuple[Choice, ...]
    divisions: Mapping[str, tuple[Choice, ...]]
    here: str  # code of the site the asking terminal stands in
    guide_url: str = ""
