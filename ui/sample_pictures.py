"""A page under a document camera, drawn: for the samples only."""

import io
from functools import cache

from drivers.contract import Frame

_WIDTH, _HEIGHT = 960, 540
_PAGE = (150, 40, 810, 500)


@cache
def page_jpeg() -> bytes:
    """A desk with a page on it that has lines and a seal."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - no terminal draws it

    picture = Image.new("RGB", (_WIDTH, _HEIGHT), (86, 92, 96))
    draw = ImageDraw.Draw(picture)
    draw.rectangle(_PAGE, fill=(246, 244, 238))
    draw.rectangle((330, 80, 630, 104), fill=(60, 60, 60))
    for line in range(11):
        draw.rectangle((200, 140 + 28 * line, 760 - 90 * (line % 3), 150 + 28 * line), fill=(120, 120, 120))
    draw.ellipse((620, 360, 740, 480), outline=(180, 40, 40), width=8)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def frame(role: str) -> Frame | None:
    """What the camera of the samples sees."""
    return Frame(jpeg=page_jpeg(), width=_WIDTH, height=_HEIGHT, at=0.0) if role == "document_camera" else None
