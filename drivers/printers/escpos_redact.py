"""Takes what is printed out of a recording of an ESC/POS printer's line, and leaves the shape: commands, lengths, status. Pure.

To the printer every byte becomes exactly one byte at once, whatever pieces they come in: ASCII to print becomes "x", a Chinese
code □ (A1 F5), what a QR code says "x", an image white. After a command that is not known here all counts as text, so that
nothing is kept by mistake. From the printer only whole replies are kept, all else becomes FF, which fits none: on a line that
echoes, it would be the text again. An unfinished reply is held back until it is whole or none.

Lengths of commands: Epson ESC/POS reference; FS & and FS . SPRT SP manual p. 45; GS e see `drivers.printers.escpos_presenter`.
"""

from drivers.printers.escpos_status import Asb, Data, Full, Processed, RealTime, Replies, Reply
from drivers.trace import Direction

_ASCII, _CHINESE, _WHITE, _NOISE = ord("x"), b"\xa1\xf5", 0x00, 0xFF
_LEADS = b"\x10\x1b\x1c\x1d"
_QUIET = b"\x00\n\r"  # nothing is printed by these
_LEAST_SECOND = 0x30  # of the bytes that follow the first one of a GB18030 code
_HIGH = 0x80
_PAPER_BITS = 0x0F  # of an answer to GS r; the others are reserved
# Commands that the driver sends, with and without parameters.
_BARE = frozenset({b"\x1b@", b"\x1c&", b"\x1c."})
_WITH = frozenset({*(b"\x1b" + bytes([name]) for name in b"aERdJ"), *(b"\x1d" + bytes([name]) for name in b"!aIrVe")})
_REAL_TIME = frozenset({b"\x10\x04", b"\x10\x05", b"\x10\x14"})
_IMAGE, _BLOCK = b"\x1dv", b"\x1d("
_IMAGE_HEAD, _BLOCK_HEAD = 8, 5  # bytes until the length is known
_SETUP = 4  # bytes that a GS ( k may have which only sets the code up
_STORE = b"1P0"  # GS ( k function 80: what the code says follows


class Redaction:
    """One for each opening of a line (`drivers.trace.Redactor`)."""

    def __init__(self, *, kiosk: bool = False) -> None:
        """With `kiosk`, the printer is one that knows DLE EOT 20."""
        self._said = _Said()
        self._heard = _Heard(Replies(kiosk=kiosk))

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """What may be kept of these bytes."""
        return self._heard.feed(data) if direction == "in" else bytes(map(self._said.redacted, data))


class _Said:
    """To the printer."""

    def __init__(self) -> None:
        self._head = bytearray()  # of the command that is being read
        self._keep = 0  # bytes of the head that are still to come
        self._blank = 0  # bytes after the head that are still to come
        self._filler = _ASCII
        self._chinese = False
        self._second = False  # the next byte of a code is its second or fourth

    def redacted(self, byte: int) -> int:
        if self._keep:
            self._keep -= 1
            self._head.append(byte)
            if not self._keep:
                self._judge()
            return byte
        if self._blank:
            self._blank -= 1
            return self._filler
        return self._named(byte) if self._head else self._text(byte)

    def _text(self, byte: int) -> int:
        second, self._second = self._second and byte >= _LEAST_SECOND, False
        if second:
            return _CHINESE[1]
        if byte in _LEADS:
            self._head.append(byte)
            return byte
        self._second = self._chinese and byte > _HIGH
        return _CHINESE[0] if self._second else byte if byte in _QUIET else _ASCII

    def _named(self, byte: int) -> int:
        """The second byte of a command."""
        name = bytes([*self._head, byte])
        self._head.append(byte)
        if name in _BARE:
            self._chinese = name == b"\x1c&"
            self._head.clear()
        elif name in _WITH | _REAL_TIME:
            self._keep = 1
        elif name in {_IMAGE, _BLOCK}:
            self._keep = (_IMAGE_HEAD if name == _IMAGE else _BLOCK_HEAD) - 2
        else:
            self._head.clear()
            return self._text(byte)
        return byte

    def _judge(self) -> None:
        """What the bytes of the head say about those to come."""
        head = bytes(self._head)
        match head[:2]:
            case b"\x1dv":
                self._blank, self._filler = int.from_bytes(head[4:6], "little") * int.from_bytes(head[6:8], "little"), _WHITE
            case b"\x1d(":
                self._keep, self._blank = _block(head)
                self._filler = _ASCII
            case _:
                self._keep = _more(head)
        if not self._keep:
            self._head.clear()


def _more(head: bytes) -> int:
    """Parameters that follow, of a command that has more than one."""
    match head:
        case b"\x1dVA" | b"\x1dVB" | b"\x1de\x03":
            return 1
        case b"\x10\x14\x08":
            return 7
        case b"\x10\x14\x01" | b"\x10\x14\x02":
            return 2
        case _:
            return 0


def _block(head: bytes) -> tuple[int, int]:
    """Bytes to keep and to blank of GS ( and a letter: the mark of a job (H) is kept, of a QR code (k) all but what it says."""
    left = _BLOCK_HEAD + int.from_bytes(head[3:5], "little") - len(head)
    said = head[_BLOCK_HEAD:]
    match head[2:3]:
        case b"H" if left <= len("00dddd"):
            return left, 0
        case b"k" if len(said) < len(_STORE):
            return min(left, len(_STORE)), 0
        case b"k" if said[:2] != _STORE[:2] and len(said) + left <= _SETUP:
            return left, 0
        case _:
            return 0, left


class _Heard:
    """From the printer."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self._held = bytearray()

    def feed(self, data: bytes) -> bytes:
        return b"".join(map(self._judged, data))

    def _judged(self, byte: int) -> bytes:
        self._held.append(byte)
        replies = self._replies.feed(bytes([byte]))
        size = sum(map(_size, replies)) + self._replies.unfinished
        noise = bytes([_NOISE]) * (len(self._held) - size)
        whole = bytes(self._held[len(noise) : len(self._held) - self._replies.unfinished])
        del self._held[: len(noise) + len(whole)]
        if replies and isinstance(replies[-1], Processed):
            whole = bytes([whole[0] & _PAPER_BITS])
        return noise + whole


def _size(reply: Reply) -> int:
    match reply:
        case RealTime() | Processed():
            return 1
        case Asb(frame=frame):
            return len(frame)
        case Full(frame=frame):
            return 2 + len(frame)
        case Data(text=text):
            return 2 + len(text)
