"""The file of a recording: JSON Lines, the first a `Header`, each other a `Record` of one thing that happened."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from drivers.errors import Action, DeviceError, Reason

FORMAT = 1
LEFT_OUT = "left-out"  # in the place of a port or a secret
LIMIT = 64_000_000  # bytes: more than two files of a recorder
_LINE_LIMIT = 1_000_000  # bytes: a document's shape is small, and a line's read or write brings some kilobytes at most

Opened = Literal["bytes", "lengths", "library"]


class RecordingError(ValueError):
    """This is no recording, or none that can be played; the message says why and in which line."""


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was recorded: `settings` as they were given, without port and secrets; `began` is the wall clock as ISO 8601.

    `continued` says that an older part of the recording is in another file or was thrown away.
    """

    format: int
    driver: str
    role: str
    settings: Mapping[str, Any]
    capabilities: Mapping[str, Any]
    began: str
    continued: bool = False


class Trouble(Struct, frozen=True, forbid_unknown_fields=True):
    """A `DeviceError` without its detail."""

    reason: Reason
    action: Action

    @property
    def error(self) -> DeviceError:
        """As the error it was."""
        return DeviceError(self.reason, self.action)


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that happened `t` seconds after the start; exactly one of the other fields says what.

    `out` are bytes to the device and `inward` (in the file: `in`) bytes from it, as hexadecimal digits, redacted. With `out` go
    `took`, how many bytes the line took where that is not as many as were kept, and `more` when it did not take all of them.
    `open` says what was kept of the line: its bytes, only their lengths, or nothing that can be played, because the driver reaches
    its device past the line (`library`).
    """

    t: float
    out: str | None = None
    took: int = 0
    more: bool = False
    inward: str | None = field(name="in", default=None)
    open: Opened | None = None
    refused: Trouble | None = None
    broken: Trouble | None = None
    command: dict[str, Any] | None = None
    event: dict[str, Any] | None = None
    random: int | None = None
    spoilt: str | None = None


_WHAT = ("out", "inward", "open", "refused", "broken", "command", "event", "random", "spoilt")


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording as it was read."""

    header: Header
    records: tuple[Record, ...]


def read(path: Path) -> Recording:
    """Read a whole recording; raises `RecordingError`."""
    try:
        if path.stat().st_size > LIMIT:
            raise RecordingError(f"{path.name}: larger than {LIMIT} bytes")
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise RecordingError(f"{path.name}: cannot be read: {error.strerror}") from error
    if not lines[-1].strip():
        lines.pop()
    if not lines:
        raise RecordingError(f"{path.name}: is empty")
    header = _decoded(path, 1, lines[0], Header)
    if header.format != FORMAT:
        raise RecordingError(f"{path.name}: format {header.format}, but this program reads format {FORMAT}")
    return Recording(header, tuple(_records(path, lines[1:])))


def _records(path: Path, lines: list[bytes]) -> Iterator[Record]:
    last = 0.0
    for number, line in enumerate(lines, start=2):
        record = _decoded(path, number, line, Record)
        if [getattr(record, name) for name in _WHAT].count(None) != len(_WHAT) - 1:
            raise RecordingError(f"{path.name}: line {number}: not exactly one thing that happened")
        if not last <= record.t < 1e9:  # noqa: PLR2004 - some thirty years, and no NaN
            raise RecordingError(f"{path.name}: line {number}: time goes backwards")
        last = record.t
        for digits in (record.out, record.inward):
            _hex(path, number, digits)
        yield record


def _decoded(path: Path, number: int, line: bytes, kind: type[Any]) -> Any:  # noqa: ANN401 - either kind of line
    if len(line) > _LINE_LIMIT:
        raise RecordingError(f"{path.name}: line {number}: longer than {_LINE_LIMIT} bytes")
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordingError(f"{path.name}: line {number}: {error}") from error


def _hex(path: Path, number: int, digits: str | None) -> None:
    try:
        bytes.fromhex(digits or "")
    except ValueError as error:
        raise RecordingError(f"{path.name}: line {number}: not hexadecimal") from error
