"""What is fuzzed: a parser, good frames for it, and a second opinion on what it accepts."""

import random
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import mutate

from drivers.errors import DeviceError

Accepts = Callable[[list[bytes]], tuple[list[Any], int]]
Sound = Callable[[list[Any], bytes], bool]


@dataclass(frozen=True, kw_only=True)
class Target:
    """`accepts(chunks)` gives what the parser takes for whole; it may raise one of `refuses` and nothing else.

    `sound(accepted, stream)` judges independently whether all of that really stands in the stream, undamaged as far as the
    protocol's checksum can tell. `held` is the most bytes that the parser kept between two chunks, at most `hold_limit`.
    Where no `source` is given, the seeds come damaged and with noise between them. What is `ours` is said by our own side, which
    comes to an end.
    """

    name: str
    seeds: Sequence[bytes]
    accepts: Accepts
    sound: Sound = lambda accepted, stream: True
    hold_limit: int = 0
    refuses: tuple[type[Exception], ...] = (DeviceError,)
    source: mutate.Source | None = None
    ours: bool = False


@dataclass(kw_only=True)
class Found:
    """What a run has come to."""

    frames: int = 0
    accepted: int = 0
    refused: int = 0
    crashes: int = 0
    false_accepts: int = 0
    most_held: int = 0
    slowest: float = field(default=0.0, compare=False)  # s for one stream
    first: str = ""  # the stream that did it, as hex

    @property
    def clean(self) -> bool:
        return not self.crashes and not self.false_accepts


def fuzz(target: Target, frames: int, seed: int) -> Found:
    """Feed so many frames; the same seed feeds the same bytes."""
    rng, found = random.Random(f"{target.name}-{seed}"), Found()
    source = target.source or mutate.noisy(target.seeds)
    while found.frames < frames:
        stream, count = source(rng)
        found.frames += count
        feed(target, mutate.chunks(rng, stream), found)
    return found


def feed(target: Target, chunks: list[bytes], found: Found) -> None:
    """Feed one stream and add to what was found."""
    stream = b"".join(chunks)
    began = time.perf_counter()
    try:
        accepted, held = target.accepts(chunks)
    except target.refuses:
        found.refused += 1
        return
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        found.crashes += 1
        found.first = found.first or f"{type(error).__name__}: {error} on {stream.hex()}"
        return
    finally:
        found.slowest = max(found.slowest, time.perf_counter() - began)
    found.accepted += len(accepted)
    found.most_held = max(found.most_held, held)
    if held > target.hold_limit:
        found.crashes += 1
        found.first = found.first or f"holds {held} bytes after {stream[:2000].hex()}"
    if not _judged(target, accepted, stream):
        found.false_accepts += 1
        found.first = found.first or f"took {accepted!r} out of {stream.hex()}"


def _judged(target: Target, accepted: list[Any], stream: bytes) -> bool:
    """The second opinion; what it cannot even read is not sound."""
    try:
        return target.sound(accepted, stream)
    except (ValueError, LookupError, struct.error):
        return False
