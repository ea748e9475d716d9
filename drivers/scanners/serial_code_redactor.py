"""Takes the codes out of a recording of a scanner's line: as many `x`, in the same places. Commands and answers stay."""

from drivers.scanners.scanner_reply_protocol import Replies
from drivers.trace import Direction

_ENDS = b"\r\n"
_CONTROL = 0x01  # in the place of any other control character, so that what was no text stays none
_FIRST_PRINTED = 0x20


class CodeRedactor:
    """A `drivers.trace.Redactor`; bytes that may become an answer are held back. Without `replies` there are codes only."""

    def __init__(self, replies: Replies | None) -> None:
        self._replies = replies
        self._held = b""

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """What may be kept of what has just passed."""
        if direction == "out":
            return data
        data, self._held = self._held + data, b""
        kept, at = bytearray(), 0
        while at < len(data):
            if self._replies is not None and (end := self._replies.whole(data, at)) > at:
                kept += data[at:end]
                at = end
            elif self._replies is not None and self._replies.begun(data, at):
                self._held = data[at:]
                break
            else:
                kept.append(_blank(data[at]))
                at += 1
        return bytes(kept)


def _blank(byte: int) -> int:
    if byte in _ENDS:
        return byte
    return ord("x") if byte >= _FIRST_PRINTED else _CONTROL
