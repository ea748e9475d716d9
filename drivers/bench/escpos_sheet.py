"""One piece of printed paper as data: what `DIR/papers/NNN.json` holds. Lengths are in dots, 8 to the millimetre."""

import msgspec
import segno


class Span(msgspec.Struct, frozen=True):
    """Characters of one style; `width` and `height` multiply the base font."""

    text: str
    width: int = 1
    height: int = 1
    bold: bool = False

    def like(self, other: "Span") -> bool:
        """Whether the style is the same."""
        return (self.width, self.height, self.bold) == (other.width, other.height, other.bold)


class TextRow(msgspec.Struct, frozen=True, tag="text", tag_field="kind"):
    """A printed line; without spans, a blank one."""

    spans: list[Span]
    align: str
    dots: int

    @property
    def text(self) -> str:
        """The characters without their styles."""
        return "".join(span.text for span in self.spans)


class RasterRow(msgspec.Struct, frozen=True, tag="raster", tag_field="kind"):
    """Dots: `columns` bytes across, `rows` down, most significant bit left, 1 is black."""

    columns: int
    rows: int
    data: bytes
    align: str

    @property
    def dots(self) -> int:
        """Paper it takes."""
        return self.rows


class QrRow(msgspec.Struct, frozen=True, tag="qr", tag_field="kind"):
    """A QR code as the printer makes it."""

    data: bytes
    module: int
    level: str
    align: str

    @property
    def matrix(self) -> tuple[bytearray, ...]:
        """Rows of modules without quiet zone, 1 is black."""
        return tuple(segno.make_qr(self.data, error=self.level, boost_error=False).matrix)

    @property
    def dots(self) -> int:
        """Width and height."""
        return len(self.matrix) * self.module


class FeedRow(msgspec.Struct, frozen=True, tag="feed", tag_field="kind"):
    """Blank paper."""

    dots: int


Row = TextRow | RasterRow | QrRow | FeedRow


class Sheet(msgspec.Struct):
    """From cut to cut. `cut` is false while it hangs in the printer or was torn off; `spoiled` says what befell it."""

    columns: int = 48
    rows: list[Row] = msgspec.field(default_factory=list)
    cut: bool = False
    spoiled: str = ""

    @property
    def text(self) -> str:
        """The printed lines, as far as they are characters."""
        return "\n".join(row.text for row in self.rows if isinstance(row, TextRow))


def to_json(sheet: Sheet) -> bytes:
    """The file's content; bytes are base64."""
    return msgspec.json.format(msgspec.json.encode(sheet), indent=1)


def from_json(content: bytes) -> Sheet:
    """Raises `msgspec.ValidationError` for what is no sheet."""
    return msgspec.json.decode(content, type=Sheet)
