"""Codes in the bytes of a serial scanner: pure functions, no clock; the driver tells when the line has been quiet."""

from dataclasses import dataclass, field

from drivers.code_text import text_of as _text

_ENDS = b"\r\n"


@dataclass(frozen=True, slots=True)
class Code:
    """A whole code."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that is no code: `reason` is `tooLong`, `notText` or `incomplete`."""

    reason: str


class Framer:
    """Cuts bytes into codes at `suffix`, or at a gap where `suffix` is empty; a code has at most `limit` bytes.

    A burst that grows beyond `limit` is rejected once and swallowed whole, up to the next gap. Between two calls never more
    than `limit` bytes and a line end are held.
    """

    def __init__(self, suffix: bytes, limit: int) -> None:
        self._suffix = suffix
        self._limit = limit
        self._pending = b""
        self._swallow = False

    @property
    def open(self) -> bool:
        """Whether a burst has begun that a gap would end."""
        return self._swallow or bool(self._pending)

    @property
    def swallowing(self) -> bool:
        """Whether the rest of a burst that was rejected is thrown away."""
        return self._swallow

    def feed(self, data: bytes) -> list[Code | Reject]:
        """What is whole now."""
        if self._swallow:
            return []
        whole, self._pending = self._split(self._pending + data)
        found = [one for raw in whole for one in self._decoded(raw)]
        if len(self._pending) > self._limit + len(_ENDS):
            found.append(Reject("tooLong"))
            self._pending = b""
            self._swallow = True
        return found

    def gap(self) -> list[Code | Reject]:
        """The line has been quiet: what that ends."""
        rest = self._pending.strip(_ENDS)
        self.clear()
        if self._suffix:
            return [Reject("incomplete")] if rest else []
        return self._decoded(rest)

    def clear(self) -> None:
        """Forget what has begun."""
        self._pending = b""
        self._swallow = False

    def _split(self, data: bytes) -> tuple[list[bytes], bytes]:
        if not self._suffix:
            return [], data
        *whole, rest = data.split(self._suffix)
        return whole, rest

    def _decoded(self, raw: bytes) -> list[Code | Reject]:
        """The code in `raw`, without line ends around it; nothing for an empty one."""
        raw = raw.strip(_ENDS)
        if not raw:
            return []
        if len(raw) > self._limit:
            return [Reject("tooLong")]
        text = _text(raw)
        return [Reject("notText") if text is None else Code(text)]
