"""What an A4 document says, from top to bottom: plain values without a word about how it is set."""

from msgspec import Struct


class Heading(Struct, frozen=True, tag=True):
    """A heading of a part."""

    text: str


class Para(Struct, frozen=True, tag=True):
    """A paragraph."""

    text: str
    bold: bool = False


class Steps(Struct, frozen=True, tag=True):
    """A list; numbered where the order counts."""

    items: tuple[str, ...]
    numbered: bool = False
    boxes: bool = False  # a box to tick before each


class Rows(Struct, frozen=True, tag=True):
    """Labels and values, one pair a line."""

    rows: tuple[tuple[str, str], ...]


class Table(Struct, frozen=True, tag=True):
    """A table; every row has as many cells as the head. Widths are relative."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Fill(Struct, frozen=True, tag=True):
    """A field of a form: its label, what stands in it, and how many lines high it is."""

    label: str
    value: str = ""
    lines: int = 1


class Code(Struct, frozen=True, tag=True):
    """A QR code with a line about it."""

    data: str
    about: str


class Signature(Struct, frozen=True, tag=True):
    """A line to sign on, or a signature as an SVG path over a 1000 by 400 field."""

    label: str
    path: str = ""
    date: str = ""


class Break(Struct, frozen=True, tag=True):
    """What follows begins on a new page."""


Block = Heading | Para | Steps | Rows | Table | Fill | Code | Signature | Break


class Sheets(Struct, frozen=True, kw_only=True):
    """A document. `header` and `footer` stand on every page, `watermark` slants over it; its repr does not show the words."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    header: str = ""
    footer: str = ""
    watermark: str = ""
    language: str = "zh-CN"

    def __repr__(self) -> str:
        return f"Sheets({len(self.blocks)} blocks)"
