"""Ways to feed a parser, a line that ends, and what a redactor has to keep to."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from target import Accepts, Sound

from drivers.errors import Action, DeviceError, Reason
from drivers.trace import Redactor

_MOST_FLUSHED = 5000  # bytes: more than any frame has
_SAME = 3  # different bytes that a piece must have to tell something: runs of blanks or zeros do not


def streaming(make: Callable[[], Any], pending: Callable[[Any], int]) -> Accepts:
    """A parser with `feed`, made anew for each stream."""

    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        parser = make()
        found, held = [], 0
        for chunk in chunks:
            found += parser.feed(chunk)
            held = max(held, pending(parser))
        return found, held

    return accepts


def whole(parse: Callable[[bytes], Any]) -> Accepts:
    """A function of a whole block."""
    return lambda chunks: ([parse(b"".join(chunks))], 0)


def one_of(choices: Sequence[Any], chunks: list[bytes]) -> Any:
    """One of them, by the bytes alone: so replies of every kind come after every question."""
    return choices[zlib.crc32(b"".join(chunks)) % len(choices)]


class Wire:
    """A `drivers.link.Link` as a talk needs it: once asked, the device says these chunks, and then the plug is pulled."""

    role = "fuzzed"

    def __init__(self, chunks: list[bytes]) -> None:
        self._chunks = [chunk for chunk in chunks if chunk]
        self._asked = False
        self.given = 0

    def send(self, data: bytes, seconds: float = 2.0) -> None:
        self._asked = True

    def send_some(self, data: bytes, seconds: float) -> int:
        self.send(data)
        return len(data)

    def receive(self, seconds: float) -> bytes:
        if not self._asked:
            return b""
        if not self._chunks:
            raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, "the stream is over")
        self.given += len(self._chunks[0])
        return self._chunks.pop(0)

    def arriving(self, seconds: float) -> Iterator[bytes]:
        while self._asked:
            yield self.receive(seconds)

    def drain(self) -> bytes:
        return b""

    def check(self) -> None:
        """Nothing is ever cancelled here."""


class Kept(NamedTuple):
    """What a redactor has left of a stream and of `flushed` bytes after it: in pieces, at once, and of what it had left."""

    out: bytes
    at_once: bytes
    again: bytes
    flushed: int


def redacting(make: Callable[[], Redactor], direction: Literal["in", "out"], flush: bytes, asked: bytes = b"") -> Accepts:
    """A redactor; `flush` is said until nothing is held back any more, `asked` is what the other side has said before."""

    def run(chunks: list[bytes]) -> tuple[bytes, int, int]:
        redactor = make()
        redactor.feed("in" if direction == "out" else "out", asked)
        out, said, held, flushed = b"", 0, 0, 0
        for chunk in chunks:
            out += redactor.feed(direction, chunk)
            said += len(chunk)
            held = max(held, said - len(out))
        while len(out) < said + flushed < said + _MOST_FLUSHED:
            out += redactor.feed(direction, flush)
            flushed += len(flush)
        return out, held, flushed

    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        out, held, flushed = run(chunks)
        return [Kept(out, run([b"".join(chunks)])[0], run([out])[0][: len(out)], flushed)], held

    return accepts


def nothing_left(
    secrets: Sequence[bytes], window: int, public: Sequence[bytes] = (), open_parts: Callable[[bytes], bytes] = bytes, *, stable: bool = True
) -> Sound:
    """As many bytes, whatever the pieces; redacted once is redacted for good; no `window` bytes of a secret are left in a row.

    `public` are bytes that a redactor puts there itself, `open_parts` blanks what may stay by the protocol's own grammar.
    Not `stable`: redacted again, something else may come out.
    """
    wanted = pieces(secrets, window) - pieces(public, window)

    def sound(accepted: list[Any], stream: bytes) -> bool:
        (kept,) = accepted
        same = kept.out == kept.at_once and (kept.out == kept.again or not stable) and len(kept.out) == len(stream) + kept.flushed
        return same and not (wanted & pieces([kept.out], window) and wanted & pieces([open_parts(kept.out)], window))

    return sound


def pieces(texts: Sequence[bytes], size: int) -> set[bytes]:
    """All pieces of this size that tell something."""
    cut = {text[at : at + size] for text in texts for at in range(len(text) - size + 1)}
    return {piece for piece in cut if len(set(piece)) >= _SAME}


def in_order(parts: Sequence[bytes], stream: bytes) -> bool:
    """Whether all of these stand in the stream, one after the other."""
    at = 0
    for part in parts:
        if (found := stream.find(part, at)) < 0:
            return False
        at = found + len(part)
    return True
