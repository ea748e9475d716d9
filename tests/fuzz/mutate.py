"""Damaged copies of good frames, from a seeded generator, so that a run can be repeated."""

import random
from collections.abc import Callable, Sequence

MOST_NOISE = 24  # bytes
LONG = 6000  # bytes of a device that talks without end

Source = Callable[[random.Random], tuple[bytes, int]]  # a stream, and how many frames are in it
Frame = Callable[[random.Random], bytes]


def noisy(seeds: Sequence[bytes], made: Frame | None = None) -> Source:
    """One to three frames, damaged or not, perhaps with noise between them. `made` makes frames that are in order and lie."""

    def stream(rng: random.Random) -> tuple[bytes, int]:
        count = rng.choice((1, 1, 1, 2, 3))
        parts = []
        for _ in range(count):
            if rng.random() < 0.3:
                parts.append(rng.randbytes(rng.randrange(MOST_NOISE)))
            parts.append(_frame(rng, seeds, made))
        if rng.random() < 0.001:
            parts.append(without_end(rng, rng.choice(seeds), LONG))
        return b"".join(parts), count

    return stream


def single(seeds: Sequence[bytes], made: Frame | None = None) -> Source:
    """One block, as a parser of whole blocks gets it."""

    def stream(rng: random.Random) -> tuple[bytes, int]:
        if rng.random() < 0.001:
            return without_end(rng, rng.choice(seeds), LONG), 1
        return _frame(rng, seeds, made), 1

    return stream


def spoken(seeds: Sequence[bytes]) -> Source:
    """What our own side says: whole, in any order; only the last may be cut short, by a line that broke."""

    def stream(rng: random.Random) -> tuple[bytes, int]:
        count = rng.randrange(1, 4)
        data = b"".join(rng.choice(seeds) for _ in range(count))
        return data[: rng.randrange(len(data)) + 1] if rng.random() < 0.3 else data, count

    return stream


def sealed(bodies: Sequence[bytes], seal: Callable[[bytes], bytes]) -> Frame:
    """Frames whose checksum and length are right, around damaged bodies."""
    return lambda rng: seal(damaged(rng, rng.choice(bodies), bodies))


def damaged(rng: random.Random, frame: bytes, seeds: Sequence[bytes]) -> bytes:
    """The frame after up to three mishaps; now and then it stays whole."""
    data = bytearray(frame)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        if data:
            _befall(rng, data, rng.choice(seeds))
    return bytes(data)


def without_end(rng: random.Random, frame: bytes, size: int) -> bytes:
    """So many bytes that never come to an end: one byte, noise, a frame over and over, or its beginning over and over."""
    piece = rng.choice((rng.randbytes(1), rng.randbytes(256), frame, frame[: rng.randrange(len(frame) + 1)] or b"\0"))
    return (piece * (size // len(piece) + 1))[:size]


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


def _frame(rng: random.Random, seeds: Sequence[bytes], made: Frame | None) -> bytes:
    if made is not None and rng.random() < 0.4:
        return made(rng)
    return damaged(rng, rng.choice(seeds), seeds)


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
