"""Pictures: frames to and from a photo decoder's process (`photo_worker`, `photo_decoder`), and what a camera's JPEG says of itself."""

import io
import os
import struct
import zlib
from typing import Any

import mutate
from feeding import streaming, whole
from target import Target

from drivers.cameras import jpeg
from drivers.readers import photo_decoder, photo_worker

_SIDE = 20  # px
_LONGEST = 65_536  # bytes of a photo


def picture_targets() -> list[Target]:
    pictures = [_bmp(), _png(), _jpeg()]
    photos = [b"WLf\x00" + bytes(range(256)) * 4, b"", b"x", b"y" * 300]
    frames = [_framed(photo) for photo in photos]
    return [
        Target(
            name="photo requests",
            seeds=frames,
            source=mutate.noisy(frames, mutate.sealed(photos, _framed)),
            accepts=_requests,
            sound=lambda accepted, stream: accepted == _walk(stream, 65_536)[: len(accepted)],
            hold_limit=_LONGEST + 4,
        ),
        Target(
            name="photo answers",
            seeds=frames,
            source=mutate.single(frames, mutate.sealed(photos, _framed)),
            accepts=streaming(_Answers, lambda answers: len(answers.child._heard)),
            sound=lambda accepted, stream: accepted == _walk(stream, 1 << 20) and (len(stream) < 4 or stream[:4] <= b"\0\x10\0\0"),
            hold_limit=(1 << 20) + 4,
            refuses=(photo_decoder._BrokenError,),
        ),
        Target(
            name="photo pictures",
            seeds=pictures,
            source=mutate.single(pictures),
            accepts=whole(photo_decoder.as_bmp),
            sound=_bmp_sound,
            refuses=(ValueError,),
        ),
        Target(name="jpeg size", seeds=pictures[2:], source=mutate.single(pictures[2:]), accepts=_size, sound=_size_sound),
    ]


def _framed(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


def _walk(stream: bytes, most: int) -> list[bytes]:
    """Whole frames from the beginning on, up to one that is too long."""
    found, at = [], 0
    while at + 4 <= len(stream) and (size := struct.unpack_from(">I", stream, at)[0]) <= most and at + 4 + size <= len(stream):
        found.append(stream[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def _requests(chunks: list[bytes]) -> tuple[list[Any], int]:
    """What the worker reads from its pipe."""
    reading, writing = os.pipe()
    found = []
    try:
        os.write(writing, b"".join(chunks)[:60_000])
        os.close(writing)
        while (photo := photo_worker._read(reading)) is not None:
            found.append(photo)
    finally:
        os.close(reading)
    return found, max(map(len, found), default=0)


class _Answers:
    """What the terminal takes for an answer of the worker."""

    def __init__(self) -> None:
        self.child = photo_decoder._Child.__new__(photo_decoder._Child)
        self.child._heard = b""

    def feed(self, data: bytes) -> list[bytes]:
        self.child._heard += data
        frame = self.child._whole()
        return [] if frame is None else [frame]


def _bmp() -> bytes:
    rows = bytes(range(60)) * _SIDE
    return struct.pack("<2sIHHI", b"BM", 54 + len(rows), 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, _SIDE, _SIDE, 1, 24, 0, len(rows), 0, 0, 0, 0) + rows


def _png() -> bytes:
    rows = b"".join(b"\0" + bytes(range(60)) for _ in range(_SIDE))
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"tEXt", b"Comment\0made up"), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)


def _jpeg() -> bytes:
    from PIL import Image  # noqa: PLC0415 - a JPEG is not made by hand

    made = io.BytesIO()
    Image.new("RGB", (_SIDE, _SIDE), (10, 200, 90)).save(made, "JPEG")
    return made.getvalue()


def _bmp_sound(accepted: list[Any], stream: bytes) -> bool:
    """A BMP without compression in 24-bit colour, of a sane size, as long as it says."""
    (bmp,) = accepted
    kind, size, _, _, start = struct.unpack_from("<2sIHHI", bmp)
    _, width, height, _, depth, compression = struct.unpack_from("<IiiHHI", bmp, 14)
    return (kind, size, depth, compression) == (b"BM", len(bmp), 24, 0) and 16 <= width <= 1024 and 16 <= abs(height) <= 1024 and start < size


def _size(chunks: list[bytes]) -> tuple[list[Any], int]:
    found = jpeg.size(b"".join(chunks))
    return ([] if found is None else [found]), 0


def _size_sound(accepted: list[Any], stream: bytes) -> bool:
    """Some frame header in it says so (ITU-T T.81, B.2.2), and it begins and ends as a JPEG."""
    for width, height in accepted:
        said = struct.pack(">HH", height, width)
        headers = [at for at in range(len(stream) - 9) if stream[at] == 0xFF and 0xC0 <= stream[at + 1] <= 0xCF and stream[at + 5 : at + 9] == said]
        if not headers or stream[:2] != b"\xff\xd8" or stream.rstrip(b"\0")[-2:] != b"\xff\xd9" or not 0 < width * height <= 50_000_000:
            return False
    return True
