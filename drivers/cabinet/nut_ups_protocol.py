"""The text protocol of NUT's upsd (RFC 9271): lines and words, lists, refusals.

A line is words; a word with blanks stands in quotes, where a backslash takes the special sense from a quote or a backslash.
"""

from drivers.errors import Action, DeviceError, Reason
from drivers.trace import Direction

LINE_LIMIT = 4096  # bytes: upsd itself never sends more than 1024
LIST_LIMIT = 2000  # rows: the richest UPS has some hundred variables
_SPACE, _QUOTE, _ESCAPE = " \t", '"', "\\"
_LOWEST = " "  # control characters below are no text
_DELETE = "\x7f"
_SECRET = b"PASSWORD "

_STALE = {"DATA-STALE", "DRIVER-NOT-CONNECTED"}
_SETTINGS = {
    "UNKNOWN-UPS", "ACCESS-DENIED", "INVALID-PASSWORD", "INVALID-USERNAME", "USERNAME-REQUIRED", "PASSWORD-REQUIRED",
}  # fmt: skip


def garbled(detail: str) -> DeviceError:
    """What came is not what upsd says."""
    return DeviceError(Reason.GARBLED, Action.MAINTENANCE, detail)


class Lines:
    """Cuts what arrives into lines and holds at most one that is not whole."""

    def __init__(self) -> None:
        self._rest = b""

    @property
    def open(self) -> bool:
        """Whether a line has begun."""
        return bool(self._rest)

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are whole now, without their ends; raises `DeviceError` (GARBLED) for one that is too long."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        if max(map(len, [*whole, self._rest])) > LINE_LIMIT:
            self._rest = b""
            raise garbled(f"line of more than {LINE_LIMIT} bytes")
        return whole


def words(line: bytes) -> tuple[str, ...]:
    """The words of a line; raises `DeviceError` (GARBLED) when it is not UTF-8 text, or when a quote is not closed."""
    try:
        text = line.decode("utf-8").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise garbled("not text") from error
    if any((letter < _LOWEST and letter not in _SPACE) or letter == _DELETE for letter in text):
        raise garbled("control characters")
    found: list[str] = []
    place = 0
    while place < len(text):
        if text[place] in _SPACE:
            place += 1
            continue
        word, place = _quoted(text, place + 1) if text[place] == _QUOTE else _plain(text, place)
        found.append(word)
    return tuple(found)


def _plain(text: str, place: int) -> tuple[str, int]:
    word = ""
    while place < len(text) and text[place] not in _SPACE + _QUOTE:
        place += text[place] == _ESCAPE
        word += text[place : place + 1]
        place += 1
    return word, place


def _quoted(text: str, place: int) -> tuple[str, int]:
    word = ""
    while place < len(text) and text[place] != _QUOTE:
        place += text[place] == _ESCAPE
        word += text[place : place + 1]
        place += 1
    if place >= len(text):
        raise garbled("quote not closed")
    return word, place + 1


def request(*parts: str) -> bytes:
    """A line for upsd; words are quoted where they need it. Raises `ValueError` for what cannot stand in a line."""
    if any(letter < _LOWEST for part in parts for letter in part):
        message = "control character in a request"
        raise ValueError(message)
    return (" ".join(map(_written, parts)) + "\n").encode()


def _written(part: str) -> str:
    if part and not set(part) & set(_SPACE + _QUOTE + _ESCAPE + "#="):
        return part
    return _QUOTE + part.replace(_ESCAPE, _ESCAPE * 2).replace(_QUOTE, _ESCAPE + _QUOTE) + _QUOTE


def refused(answer: tuple[str, ...]) -> DeviceError | None:
    """What an `ERR` line means; None for every other line. Data that are old are no data: that is silence, not "no power"."""
    match answer:
        case ("ERR", code, *_) if code in _STALE:
            return DeviceError(Reason.SILENT, Action.CLEAR, f"upsd: {code}")
        case ("ERR", code, *_) if code in _SETTINGS:
            return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"upsd: {code}")
        case ("ERR", "INSTCMD-FAILED", *_):  # the driver of the UPS is dead
            return DeviceError(Reason.HARDWARE, Action.MAINTENANCE, "upsd: INSTCMD-FAILED")
        case ("ERR", code, *_):
            return DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, f"upsd: {code[:40]}")
        case _:
            return None


class Listing:
    """The answer to `LIST kind name`: rows between BEGIN and END."""

    def __init__(self, kind: str, name: str) -> None:
        self._query = (kind, name)
        self._begun = False
        self.rows: list[tuple[str, ...]] = []

    def take(self, answer: tuple[str, ...]) -> bool:
        """Take the next line; whether it was the last. Raises `DeviceError`, GARBLED for a line that does not belong here."""
        if error := refused(answer):
            raise error
        if not self._begun and answer == ("BEGIN", "LIST", *self._query):
            self._begun = True
        elif self._begun and answer == ("END", "LIST", *self._query):
            return True
        elif self._begun and answer[:2] == self._query and len(self.rows) < LIST_LIMIT:
            self.rows.append(answer[2:])
        else:
            raise garbled(f"LIST {self._query[0]}: a line that does not belong there")
        return False


def variables(rows: list[tuple[str, ...]]) -> dict[str, str]:
    """Values by name from the rows of LIST VAR; raises `DeviceError` (GARBLED) for a row that has no value or too many."""
    found: dict[str, str] = {}
    for row in rows:
        match row:
            case (name, value):
                found[name] = value
            case _:
                raise garbled("VAR: not a name and a value")
    return found


class HidePassword:
    """Keeps all but the password."""

    def __init__(self) -> None:
        self._line = b""

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """The same bytes, with stars for those of a password; what is sent is held back until its line is whole."""
        if direction == "in":
            return data
        *whole, self._line = (self._line + data).split(b"\n")
        return b"".join(_hidden(line) + b"\n" for line in whole)


def _hidden(line: bytes) -> bytes:
    return _SECRET + b"*" * (len(line) - len(_SECRET)) if line.startswith(_SECRET) else line
