"""What a code scanner answers, among the codes it sends on the same line: pure functions.

Newland's unified command set and Honeywell's menu commands answer alike: the command comes back with one status character in
front of the punctuation mark that ends it, ACK done, NAK value not allowed, ENQ command not known.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from drivers.scanners.serial_code_protocol import Code, Framer, Reject

ACK, NAK, ENQ = b"\x06", b"\x15", b"\x05"
STATUS = rb"[\x05\x06\x15]"
_MOST_ENDS = 4  # ends of codes that are tried: more codes do not come within one answer
_SURE = 4  # bytes that look like the beginning of an answer and are no beginning of a code


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A command. `reply` matches its whole answer, with the groups `value` and `status`; None where the scanner does not answer it.

    `size` is how many bytes the answer may have. One that is `optional` need not be known to every model; what it does is to be
    noticed by a person for `shown` seconds.
    """

    name: str
    request: bytes
    reply: re.Pattern[bytes] | None
    size: int = 40
    optional: bool = False
    shown: float = 0.0


class Replies:
    """Answers of one kind: each given as the tokens (parts of a pattern) that it consists of, so that half an answer is known too."""

    def __init__(self, *kinds: Sequence[bytes]) -> None:
        self._whole = re.compile(b"|".join(b"".join(tokens) for tokens in kinds))
        self._begun = re.compile(b"(?:" + b"|".join(map(_prefixes, kinds)) + rb")\Z")

    def whole(self, data: bytes, at: int) -> int:
        """Where the answer that begins at `at` ends; `at` itself where none does."""
        match = self._whole.match(data, at)
        return at if match is None else match.end()

    def begun(self, data: bytes, at: int) -> bool:
        """Whether all from `at` on may be the beginning of an answer."""
        return self._begun.match(data, at) is not None


def literal(text: str) -> list[bytes]:
    """Tokens of just this text."""
    return [re.escape(bytes([byte])) for byte in text.encode("ascii")]


def _prefixes(tokens: Sequence[bytes]) -> bytes:
    pattern = b""
    for token in reversed(tokens):
        pattern = b"(?:" + token + pattern + b")?"
    return pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How to talk to the scanners of a family.

    `setup` puts the configuration in, `presence` asks for the value `mode` of it; `facts` makes an identity of the answers to
    `identity`; `test` is what can be heard and seen, and `resume` ends it.
    """

    name: str
    setup: tuple[Ask, ...]
    presence: Ask
    mode: bytes
    identity: tuple[Ask, ...]
    facts: Callable[[Sequence[bytes]], Mapping[str, str]]
    test: tuple[Ask, ...]
    resume: Ask
    replies: Replies


def cut(data: bytes, reply: re.Pattern[bytes], suffix: bytes) -> tuple[re.Match[bytes], bytes] | None:
    """The answer in `data`, and the bytes around it or, with their suffix, in the midst of it; None while it is not whole."""
    if match := reply.search(data):
        return match, data[: match.start()] + data[match.end() :]
    end = 0
    for _ in range(_MOST_ENDS if suffix else 0):
        end = data.find(suffix, end) + len(suffix)
        if end < len(suffix):
            break
        for start in range(1, end - len(suffix)):
            joined = data[:start] + data[end:]
            match = reply.search(joined)
            if match and match.start() < start < match.end():
                return match, joined[: match.start()] + data[start:end] + joined[match.end() :]
    return None


class Sieve:
    """Lets codes through and keeps answers back that nobody waits for any more, also in pieces."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self._held = b""

    @property
    def holding(self) -> bool:
        """Whether something may become an answer."""
        return bool(self._held)

    def feed(self, data: bytes) -> bytes:
        """What is no answer."""
        data, self._held = self._held + data, b""
        passed, at = bytearray(), 0
        while at < len(data):
            if (end := self._replies.whole(data, at)) > at:
                at = end
            elif self._replies.begun(data, at):
                self._held = data[at:]
                break
            else:
                passed.append(data[at])
                at += 1
        return bytes(passed)

    def gap(self) -> bytes:
        """The line has been quiet: half an answer is thrown away, what is hardly one may be half a code."""
        held, self._held = self._held, b""
        return b"" if len(held) >= _SURE or held.startswith(b"\x02") else held

    def clear(self) -> None:
        """Forget what has begun."""
        self._held = b""


class Codes:
    """The codes in what a scanner sends; answers that nobody waits for are none."""

    def __init__(self, framer: Framer, replies: Replies | None = None) -> None:
        self._framer = framer
        self._sieve = None if replies is None else Sieve(replies)

    @property
    def begun(self) -> bool:
        """Whether something has begun that a gap would end."""
        return self._framer.open or (self._sieve is not None and self._sieve.holding)

    @property
    def swallowing(self) -> bool:
        """Whether the rest of a burst that was rejected is thrown away."""
        return self._framer.swallowing

    def feed(self, data: bytes) -> list[Code | Reject]:
        """What is whole now."""
        return self._framer.feed(data if self._sieve is None else self._sieve.feed(data))

    def gap(self) -> list[Code | Reject]:
        """The line has been quiet: what that ends."""
        late = [] if self._sieve is None else self._framer.feed(self._sieve.gap())
        return [*late, *self._framer.gap()]

    def clear(self) -> None:
        """Forget what has begun."""
        self._framer.clear()
        if self._sieve is not None:
            self._sieve.clear()
