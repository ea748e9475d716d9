"""What is printed: papers of lines for receipt printers, and documents for A4 printers."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from drivers.contract.messages import Answer, Command


class Align(StrEnum):
    """Where a line of a paper stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Line(Struct, frozen=True, tag=True):
    """A line of text, wrapped by the printer's driver; `size` 1..8 multiplies the base font in both directions."""

    text: str
    size: int = 1
    align: Align = Align.LEFT
    bold: bool = False


class Pair(Struct, frozen=True, tag=True):
    """A label at the left edge and its value at the right edge, on one line where both fit."""

    label: str
    value: str


class Rule(Struct, frozen=True, tag=True):
    """A dashed line over the whole width."""


class Qr(Struct, frozen=True, tag=True):
    """A QR code of `data`, centred, error correction M; `module` is the width of a module in dots (1..16)."""

    data: str
    module: int = 6


class Feed(Struct, frozen=True, tag=True):
    """Blank lines."""

    lines: int = 1


Block = Line | Pair | Rule | Qr | Feed


class Paper(Struct, frozen=True):
    """What one piece of paper says, from top to bottom; the driver cuts after it. Its repr does not show the words."""

    blocks: tuple[Block, ...]

    def __repr__(self) -> str:
        return f"Paper({len(self.blocks)} blocks)"


class Print(Command, frozen=True, kw_only=True):
    """Print one paper; answered by Printed or Failed. A job cut short by paper end starts again from the top after refill."""

    personal: ClassVar[frozenset[str]] = frozenset({"paper"})

    paper: Paper


class Document(Struct, frozen=True, kw_only=True):
    """A PDF for A4 sheets and how it is printed; its repr shows its size only."""

    pdf: bytes
    copies: Annotated[int, Meta(ge=1, le=99)] = 1
    two_sided: bool = False
    color: bool = False

    def __repr__(self) -> str:
        return f"Document({len(self.pdf)} bytes, {self.copies} copies)"


class PrintDocument(Command, frozen=True, kw_only=True):
    """Print a document; told on by PrintProgress, answered by Printed or Failed. Cancel takes it back from the printer."""

    personal: ClassVar[frozenset[str]] = frozenset({"document"})

    document: Document


class PrintProgress(Answer, frozen=True, kw_only=True):
    """The printer has begun (`sheets` 0) or tells how many sheets have come out."""

    final: ClassVar[bool] = False

    sheets: int


class Printed(Answer, frozen=True, kw_only=True):
    """The printer itself said, after the last byte of the job, that the paper is printed."""
