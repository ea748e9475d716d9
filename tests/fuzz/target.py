"""What is fuzzed: a parser, good frames for it, and a second opinion on what it accepts."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import mutate

from drivers.errors import DeviceError


@dataclass(frozen=True, kw_only=True)
class Target:
    """`accepts(chunks)` gives what the parser takes for whole; it may raise DeviceError and nothing else.

    `sound(accepted, stream)` judges independently whether all of that really stands in the stream, undamaged as far as the
    protocol's checksum can tell. `held` is how many bytes the parser keeps afterwards, at most `hold_limit`.
    """

    name: str
    seeds: Sequence[bytes]
    accepts: Callable[[list[bytes]], tuple[list[Any], int]]
    sound: Callable[[list[Any], bytes], bool] = lambda accepted, stream: True
    hold_limit: int = 0


@dataclass(kw_only=True)
class Found:
    """What a run has come to."""

    frames: int = 0
    accepted: int = 0
    refused: int = 0
    crashes: int = 0
    false_accepts: int = 0
    most_held: int = 0
    first: str = ""  # the stream that did it, as hex

    @property
    def clean(self) -> bool:
        return not self.crashes and not self.false_accepts


def fuzz(target: Target, frames: int, seed: int) -> Found:
    """Feed so many frames; the same seed feeds the same bytes."""
    rng, found = random.Random(f"{target.name}-{seed}"), Found()
    while found.frames < frames:
        stream, count = mutate.stream(rng, target.seeds)
        found.frames += count
        try:
            accepted, held = target.accepts(mutate.chunks(rng, stream))
        except DeviceError:
            found.refused += 1
            continue
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            found.crashes += 1
            found.first = found.first or f"{type(error).__name__} on {stream.hex()}"
            continue
        found.accepted += len(accepted)
        found.most_held = max(found.most_held, held)
        if held > target.hold_limit:
            found.crashes += 1
            found.first = found.first or f"holds {held} bytes after {stream[:2000].hex()}"
        if not target.sound(accepted, stream):
            found.false_accepts += 1
            found.first = found.first or f"took {accepted!r} out of {stream.hex()}"
    return found
