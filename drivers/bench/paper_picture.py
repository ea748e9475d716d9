"""A sheet as a picture: dots as the print head burns them, on thermal paper, on a grey ground.

`python -m drivers.bench.paper_picture SHEET.json PICTURE.png` draws one of the files in `DIR/papers`.
"""

import sys
from functools import lru_cache
from importlib import resources
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from PIL.ImageFont import FreeTypeFont

from drivers.bench import escpos_sheet
from drivers.bench.escpos_sheet import QrRow, RasterRow, Sheet, Span, TextRow

_CELL, _TALL = 12, 24
_SIDE = 32  # dots from the edge of the paper to where print begins: 80 mm paper prints 72 mm
_TOP = 96
_BOTTOM = 24
_GROUND, _PAPER, _INK = (214, 214, 212), (252, 251, 246), (44, 43, 48)
_MARGIN = 48
_MISSING = "\ufffd"


def picture(sheet: Sheet) -> Image.Image:
    """The sheet in its true size, 203 dpi."""
    printed = _printed(sheet)
    width = printed.width + 2 * _SIDE
    height = printed.height + _TOP + (_BOTTOM + 136 if sheet.cut else _BOTTOM)
    paper = Image.new("RGB", (width, height), _PAPER)
    paper.paste(_INK, (_SIDE, _TOP), printed)
    return _on_ground(paper, _outline(width, height, torn=not sheet.cut))


def _printed(sheet: Sheet) -> Image.Image:
    """All rows below each other: 255 is ink."""
    strips = [(_row(row, sheet.columns * _CELL), row.dots) for row in sheet.rows]
    image = Image.new("L", (sheet.columns * _CELL, max(1, sum(dots for _, dots in strips))), 0)
    top = 0
    for strip, dots in strips:
        if strip is not None:
            image.paste(strip[0], (strip[1], top))
        top += dots
    return image


def _row(row: escpos_sheet.Row, width: int) -> tuple[Image.Image, int] | None:
    match row:
        case TextRow(spans=spans, align=align) if spans:
            return _placed(_text(spans), align, width)
        case RasterRow(columns=columns, rows=rows, data=data, align=align):
            return _placed(Image.frombytes("1", (columns * 8, rows), data).convert("L"), align, width)
        case QrRow(align=align):
            return _placed(_code(row), align, width)
        case _:
            return None


def _placed(image: Image.Image, align: str, width: int) -> tuple[Image.Image, int]:
    room = max(0, width - image.width)
    return image, {"left": 0, "center": room // 2, "right": room}[align]


def _text(spans: list[Span]) -> Image.Image:
    """The characters of a line on one baseline; enlarged as a printer does it, dot by dot."""
    glyphs = [(_glyph(char, bold=span.bold), span) for span in spans for char in span.text]
    height = max(span.height for span in spans) * _TALL
    image = Image.new("L", (sum(glyph.width * span.width for glyph, span in glyphs), height), 0)
    left = 0
    for glyph, span in glyphs:
        size = (glyph.width * span.width, glyph.height * span.height)
        image.paste(glyph.resize(size, Image.Resampling.NEAREST), (left, height - size[1]))
        left += size[0]
    return image


@lru_cache(maxsize=4096)
def _glyph(char: str, *, bold: bool) -> Image.Image:
    """A character in its cell: ASCII 12 x 24, everything else 24 x 24."""
    cell = Image.new("L", (_CELL if char.isascii() else 2 * _CELL, _TALL), 0)
    if char in {" ", _MISSING}:
        return cell
    font = _font(22)
    ink = Image.new("L", (48, _TALL), 0)
    ImageDraw.Draw(ink).text((4, 21), char, fill=255, font=font, anchor="ls", stroke_width=0.5 if bold else 0)
    advance = round(font.getlength(char))
    if advance > cell.width:
        ink = ink.resize((48 * cell.width // advance, _TALL), Image.Resampling.BICUBIC)
    box = ink.getbbox() or (0, 0, 1, 1)
    cell.paste(ink.crop((box[0], 0, box[2], _TALL)), ((cell.width - (box[2] - box[0])) // 2 if char.isascii() else box[0] - 3, 0))
    return cell.point(lambda level: 255 * (level > 110), "L")  # noqa: PLR2004 - a dot is burnt or not


def _code(row: QrRow) -> Image.Image:
    matrix = row.matrix
    small = Image.new("L", (len(matrix), len(matrix)), 0)
    small.putdata([255 * bit for line in matrix for bit in line])
    return small.resize((row.dots, row.dots), Image.Resampling.NEAREST)


def _outline(width: int, height: int, *, torn: bool) -> Image.Image:
    """The paper's shape: a cutter's edge above and below, or torn off below."""
    shape = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(shape)
    for left in range(0, width, 6):  # the teeth of the cutter
        pen.polygon([(left, 0), (left + 6, 0), (left + 3, 3)], fill=0)
    depth = 14 if torn else 3
    step = 23 if torn else 6
    for number, left in enumerate(range(-3, width, step)):
        deep = depth * (1 + number * 7 % 5) // 5 if torn else depth
        pen.polygon([(left, height), (left + step, height), (left + step // 2, height - deep)], fill=0)
    return shape


def _on_ground(paper: Image.Image, outline: Image.Image) -> Image.Image:
    size = (paper.width + 2 * _MARGIN, paper.height + 2 * _MARGIN)
    image = Image.new("RGB", size, _GROUND)
    shadow = Image.new("L", size, 0)
    shadow.paste(outline.point(lambda level: level // 3), (_MARGIN + 4, _MARGIN + 8))
    image.paste((60, 60, 60), (0, 0), shadow.filter(ImageFilter.GaussianBlur(10)))
    image.paste(paper, (_MARGIN, _MARGIN), outline)
    return image


@lru_cache(maxsize=2)
def _font(pixels: int) -> FreeTypeFont:
    with resources.as_file(resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf") as path:
        return ImageFont.truetype(path, pixels)


if __name__ == "__main__":
    picture(escpos_sheet.from_json(Path(sys.argv[1]).read_bytes())).save(sys.argv[2])
