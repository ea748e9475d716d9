"""Sheets become a PDF by typst: the look is in `assets/papers/sheets.typ`, the words go there as data, never as markup."""

import io
import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from kiosk.documents.sheets import Block, Code, Sheets, Signature

TEMPLATE = Path(__file__).parents[2] / "assets" / "papers" / "sheets.typ"
LONGEST = 200_000  # characters of one document; a hundred pages
_FONTS = "pylopdf_fonts_zh_cn"
_PATH = re.compile(r"[ML0-9 .]*", re.ASCII)
_QUIET = 2  # modules of light around a QR code; the page is light anyway


class TypesetError(Exception):
    """A document cannot be set; the message holds none of its words."""


def typeset(sheets: Sheets) -> tuple[bytes, int]:
    """The document as PDF and its number of pages; TypesetError for one that is too long or cannot be set."""
    import typst  # noqa: PLC0415 - 30 MB that are needed when something is printed

    content = msgspec.json.encode(_plain(sheets)).decode()
    if len(content) > LONGEST:
        raise TypesetError(f"{len(content)} characters are more than a document may have")
    try:
        compiler = typst.Compiler(str(TEMPLATE), font_paths=[str(_font_folder())], ignore_system_fonts=True, sys_inputs={"sheets": content})
        pdf = compiler.compile(format="pdf")
        assert isinstance(pdf, bytes)  # noqa: S101 - one PDF, whatever its pages
        (pages,) = json.loads(compiler.query("<pages>", field="value"))
    except typst.TypstError as error:
        raise TypesetError(type(error).__name__) from None  # its message may hold what the document says
    return pdf, pages


def _font_folder() -> Path:
    spec = find_spec(_FONTS)
    if spec is None or spec.origin is None:
        raise TypesetError(f"the package {_FONTS} is not installed")
    return Path(spec.origin).parent


def _plain(sheets: Sheets) -> dict[str, Any]:
    """As the template wants it: control characters out, codes and signatures as SVG."""
    plain: dict[str, Any] = msgspec.to_builtins(sheets)
    language, _, region = sheets.language.partition("-")
    plain |= {"lang": language, "region": region.lower() or None, "blocks": [_block(block) for block in sheets.blocks]}
    cleaned: dict[str, Any] = _clean(plain)
    return cleaned


def _block(block: Block) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(block)
    match block:
        case Code(data=data):
            return plain | {"svg": _qr(data)}
        case Signature(path=path):
            return plain | {"svg": _signature(path) if path else ""}
        case _:
            return plain


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON values
    match value:
        case str():
            return "".join(c if c >= " " and not "\ud800" <= c <= "\udfff" else " " for c in value)
        case list() | tuple():
            return [_clean(part) for part in value]
        case dict():
            return {key: _clean(part) for key, part in value.items()}
        case _:
            return value


def _qr(data: str) -> str:
    import qrcode  # noqa: PLC0415 - needed when something is printed
    from qrcode.image.svg import SvgPathImage  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=_QUIET)
    code.add_data(data)
    picture = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(picture)
    return picture.getvalue().decode()


def _signature(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise TypesetError("the signature is no path of lines")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 400">'
        f'<path d="{path}" fill="none" stroke="#1a1a1a" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
