"""What comes in as a picture is made anew: only what one sees stays, upright, without where and with what it was taken.

Making it anew also shows that it is whole, and leaves behind whatever else a file may carry.
"""

import io

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

MOST_BYTES = 4 * 1024 * 1024
_MOST_PIXELS = 26_000_000  # what phones make; in memory it takes three bytes each, twice while it is turned
_LEAST_SIDE = 64
_MOST_SCANS = 64  # each scan of a progressive picture costs a pass over all of it; real ones have about ten
_SCAN = b"\xff\xda"


class PictureError(ValueError):
    """This is no picture one can take."""


def made_anew(sent: bytes) -> bytes:
    """The same picture as a plain JPEG of about the same quality and size. PictureError for what is none, or has too many pixels."""
    if sent.count(_SCAN) > _MOST_SCANS:
        raise PictureError("too many scans")
    try:
        with Image.open(io.BytesIO(sent), formats=("JPEG",)) as picture:
            return _made_anew(picture)
    except PictureError:
        raise
    except Exception:  # noqa: BLE001 a hostile file makes the library raise anything, with parts of the file in the message
        raise PictureError("not a JPEG") from None


def _made_anew(picture: Image.Image) -> bytes:
    if not isinstance(picture, JpegImageFile) or min(picture.size) < _LEAST_SIDE or picture.width * picture.height > _MOST_PIXELS:
        raise PictureError("not a JPEG of a usable size")
    tables, sampling = picture.quantization, get_sampling(picture)
    ImageOps.exif_transpose(picture, in_place=True)
    plain: Image.Image = picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    plain.info = {}
    out = io.BytesIO()
    if plain is picture:
        plain.save(out, "JPEG", qtables=tables, subsampling=sampling)
    else:
        plain.save(out, "JPEG", quality=90)
    return out.getvalue()
