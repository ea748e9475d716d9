"""Damaged copies of good frames, from a seeded generator, so that a run can be repeated."""

import random
from collections.abc import Sequence

MOST_NOISE = 24  # bytes
LONG = 6000  # bytes of a device that talks without end


def stream(rng: random.Random, seeds: Sequence[bytes]) -> tuple[bytes, int]:
    """One to three frames, damaged or not, perhaps with noise between them; how many frames there are."""
    count = rng.choice((1, 1, 1, 2, 3))
    parts = []
    for _ in range(count):
        if rng.random() < 0.3:
            parts.append(rng.randbytes(rng.randrange(MOST_NOISE)))
        parts.append(damaged(rng, rng.choice(seeds), seeds))
    if rng.random() < 0.001:
        parts.append(rng.randbytes(1) * LONG)
    return b"".join(parts), count


def damaged(rng: random.Random, frame: bytes, seeds: Sequence[bytes]) -> bytes:
    """The frame after up to three mishaps; now and then it stays whole."""
    data = bytearray(frame)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        if data:
            _befall(rng, data, rng.choice(seeds))
    return bytes(data)


def _befall(rng: random.Random, data: bytearray, other: bytes) -> None:
    at = rng.randrange(len(data))
    mishaps: tuple[tuple[slice, bytes], ...] = (
        (slice(at, at + 1), bytes([data[at] ^ 1 << rng.randrange(8)])),  # a bit turned
        (slice(at, at + 1), bytes([rng.randrange(256)])),
        (slice(at, at + 1), b""),  # a byte lost
        (slice(at, at), bytes([rng.randrange(256)])),  # a byte too many
        (slice(at, None), b""),  # cut short
        (slice(None, at), b""),  # begun in the middle
        (slice(at, at), bytes(data[at : at + rng.randrange(1, 9)])),  # sent twice
        (slice(at, at + 2), rng.choice((b"\x00\x00", b"\xff\xff", b"\x00\x01", b"\x7f\xff", b"\x80\x00"))),  # a length that lies
        (slice(at, None), other[at:]),  # goes on as another frame
    )
    where, what = rng.choice(mishaps)
    data[where] = what


def chunks(rng: random.Random, data: bytes) -> list[bytes]:
    """The bytes as they may arrive: at once, one by one, or in pieces."""
    match rng.randrange(4):
        case 0 | 1:
            return [data]
        case 2 if len(data) < 200:
            return [bytes([byte]) for byte in data]
        case _:
            pieces = []
            while data:
                size = rng.randrange(1, len(data) + 1)
                pieces.append(data[:size])
                data = data[size:]
            return pieces
