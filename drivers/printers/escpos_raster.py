"""One line of text as a strip of dots, for lines with a character that the printer's ROM lacks. Pure but for the font file.

Cells are those of the printer (12 dots a column, 24 high), so a drawn line stands like a printed one. A character that the font
lacks too is drawn as a box with its code point in hexadecimal: a clerk can look it up, and nothing turns into "?". Only a
combining mark that the font lacks is left out.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from escpos.constants import S_RASTER_N

from drivers.printers.escpos_layout import clusters, width

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

CELL_WIDTH = 12  # dots of a column at size 1
CELL_HEIGHT = 24
_GLYPH = 22  # ROM glyphs leave a dot free on each side of a 24-dot cell
_INK = 128
_NOT_A_CHARACTER = "\U0010ffff"  # no font has it: shows what the font draws for what it lacks
_REAL_TIME = b"\x04\x05\x14"  # DLE EOT, DLE ENQ, DLE DC4 act at once, even inside image data
_DLE = 0x10
_BESIDE_DLE = 0x18  # the same dot and its neighbour


@dataclass(frozen=True, slots=True)
class Strip:
    """Dots, 8 to a byte, most significant bit left; `columns` bytes to a row; 1 is black."""

    columns: int
    rows: int
    data: bytes


def draw(text: str, size: int, *, bold: bool = False) -> Strip:
    """The line at `size` (1..8), just wide enough. Needs Pillow and the package pylopdf-fonts-zh-cn."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - a terminal whose citizens have common names never needs it

    dots = max(8, width(text) * CELL_WIDTH * size)
    image = Image.new("L", (dots, CELL_HEIGHT * size), 0)
    pen = ImageDraw.Draw(image)
    left = 0
    for cluster in clusters(text):
        cell = width(cluster) * CELL_WIDTH * size
        _draw_cluster(pen, cluster, left, cell, size, bold=bold)
        left += cell
    return Strip((dots + 7) // 8, CELL_HEIGHT * size, image.point(lambda level: 255 * (level >= _INK), "1").tobytes())


def raster_command(strip: Strip) -> bytes:
    """GS v 0 in normal mode. Where the dots would spell a real-time command, one dot beside another is blackened."""
    data = bytearray(strip.data)
    for at, (byte, following) in enumerate(zip(strip.data, strip.data[1:], strict=False)):
        if byte == _DLE and following in _REAL_TIME:
            data[at] = _BESIDE_DLE
    return bytes(S_RASTER_N) + strip.columns.to_bytes(2, "little") + strip.rows.to_bytes(2, "little") + data


def _draw_cluster(pen: "ImageDraw", cluster: str, left: int, cell: int, size: int, *, bold: bool) -> None:
    font = _font(_GLYPH * size)
    if _lacks(font, cluster[0]):
        _draw_code_point(pen, cluster[0], left, size)
        return
    cluster = cluster[0] + "".join(mark for mark in cluster[1:] if not _lacks(font, mark))
    ascent, descent = font.getmetrics()
    baseline = (CELL_HEIGHT * size + ascent - descent) // 2
    room = max(0, cell - round(font.getlength(cluster)))
    pen.text((left + room // 2, baseline), cluster, fill=255, font=font, anchor="ls", stroke_width=size / 4 if bold else 0)


def _draw_code_point(pen: "ImageDraw", char: str, left: int, size: int) -> None:
    """A box with the code point in two rows of hexadecimal digits."""
    edge = CELL_HEIGHT * size
    digits = f"{ord(char):06X}" if ord(char) > 0xFFFF else f"{ord(char):04X}"  # noqa: PLR2004 - the end of the basic plane
    pen.rectangle((left + 1, 1, left + edge - 2, edge - 2), outline=255)
    font = _font(10 * size)
    for row, part in enumerate((digits[: len(digits) // 2], digits[len(digits) // 2 :])):
        pen.text((left + edge // 2, (7 + row * 10) * size), part, fill=255, font=font, anchor="mm")


def _lacks(font: "FreeTypeFont", char: str) -> bool:
    return not char.isspace() and bytes(font.getmask(char)) == bytes(font.getmask(_NOT_A_CHARACTER))


@lru_cache(maxsize=16)
def _font(pixels: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - see draw

    with resources.as_file(resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf") as path:
        return ImageFont.truetype(path, pixels)
