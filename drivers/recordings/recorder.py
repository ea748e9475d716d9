"""Writes what happens on a device's line into a file, as it happens; only the owner of the file can read it.

A disk that fails ends the recording, never the device. When the file has reached its limit it becomes `….1.jsonl`, in the place of
the one before, and a new one is begun: the newest two are kept.
"""

import logging
import os
import re
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from drivers import codec
from drivers.contract import Capabilities, Command, Event
from drivers.errors import DeviceError
from drivers.line import Line, OpenLine, Waker
from drivers.recordings import filler
from drivers.recordings.recording import FORMAT, LEFT_OUT, Header, Opened, Record, Trouble
from drivers.trace import BlankAll, Direction, Redactor, TracedLine

_log = logging.getLogger(__name__)

MOST_BYTES = 20_000_000  # of one file: about 50 minutes of a reader that is asked for a card every 10 ms
_SECRET = re.compile(r"port|host|url|address|path|folder|(?<!pro)file|key|secret|password|token|user", re.ASCII)
_PIPES = {"drivers.transport", "drivers.tcp", "drivers.usb_line"}  # all that such a line carries goes through the link
_SHORT = 4  # characters: what is shorter cannot be told from other text of an event


class FileRecorder:
    """A `drivers.trace.Recorder` that writes `path`."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._most = most_bytes
        self._header: Header | None = None
        self._hidden: tuple[bytes, ...] = ()
        self._fd: int | None = None
        self._size = 0
        self._start = 0.0
        self._refused: Trouble | None = None
        self._failed = False

    def describe(self, driver: str, role: str, settings: Mapping[str, object], capabilities: Capabilities) -> None:
        """What the header is to say; before the device is started."""
        secret = {name: value for name, value in settings.items() if isinstance(value, str) and _SECRET.search(name)}
        self._hidden = tuple(value.encode() for value in secret.values() if len(value) >= _SHORT)
        self._header = Header(
            format=FORMAT,
            driver=driver,
            role=role,
            settings={**settings, **dict.fromkeys(secret, LEFT_OUT)},
            capabilities=msgspec.to_builtins(capabilities),
            began=datetime.now().astimezone().isoformat(timespec="seconds"),
        )

    def open(self, opening: OpenLine, waker: Waker, redactor: Redactor) -> Line:
        """Open the line and listen to it; the same refusal over and over is written once."""
        try:
            line = opening(waker)
        except DeviceError as error:
            trouble = Trouble(error.reason, error.action)
            if trouble != self._refused:
                self._write(Record(t=self._now(), refused=trouble))
            self._refused = trouble
            raise
        self._refused = None
        self._write(Record(t=self._now(), open=_kept(line, redactor)))
        return TracedLine(line, _Careful(redactor, self._spoilt), self)

    def command(self, command: Command) -> None:
        """A command has come."""
        self._write(Record(t=self._now(), command=filler.shape(command)))

    def event(self, event: Event) -> None:
        """The device has told something."""
        self._write(Record(t=self._now(), event=codec.shown(event)), hide=True)

    def random(self, limit: int) -> int:
        """Drawn anew, and written down."""
        number = secrets.randbelow(limit)
        self._write(Record(t=self._now(), random=number))
        return number

    def said(self, kept: bytes, *, taken: int, more: bool) -> None:
        """Bytes to the device."""
        self._write(Record(t=self._now(), out=kept.hex(), took=taken if taken != len(kept) else 0, more=more))

    def heard(self, kept: bytes) -> None:
        """Bytes from the device."""
        self._write(Record(t=self._now(), inward=kept.hex()))

    def broken(self, error: DeviceError) -> None:
        """The line broke."""
        self._write(Record(t=self._now(), broken=Trouble(error.reason, error.action)))

    def close(self) -> None:
        """Close the file; what comes later is added to it."""
        if self._fd is not None:
            os.close(self._fd)
        self._fd = None

    def _spoilt(self, why: str) -> None:
        self._write(Record(t=self._now(), spoilt=why))

    def _now(self) -> float:
        self._start = self._start or time.monotonic()
        return round(time.monotonic() - self._start, 3)

    def _write(self, record: Record, *, hide: bool = False) -> None:
        if self._failed:
            return
        line = _line(record)
        for secret in self._hidden if hide else ():
            line = line.replace(secret, LEFT_OUT.encode())
        try:
            if self._fd is None:
                self._begin(again=self._size > 0)
            elif self._size + len(line) > self._most:
                self.close()
                self._begin(again=False)
            self._append(line)
        except OSError as error:
            self._failed = True
            self.close()
            _log.warning("%s: recording ended: %s", self._path, error.strerror)

    def _begin(self, *, again: bool) -> None:
        """Open the file, `again` where it was closed before."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not again and self._path.exists():
            self._path.replace(self._path.with_name(f"{self._path.stem}.1{self._path.suffix}"))
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        self._fd = os.open(self._path, flags, 0o600)
        os.fchmod(self._fd, 0o600)
        if not again and self._header is not None:
            continued = self._size > 0
            self._size = 0
            if continued:
                _log.info("%s: a new file is begun, the older part is beside it", self._path)
            self._append(_line(msgspec.structs.replace(self._header, continued=continued)))

    def _append(self, line: bytes) -> None:
        if self._fd is not None:
            self._size += os.write(self._fd, line)


class _Careful:
    """A redactor that fails must neither end the device nor let anything through: from then on only lengths are kept."""

    def __init__(self, redactor: Redactor, failed: Callable[[str], None]) -> None:
        self._redactor = redactor
        self._failed = failed

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """As `Redactor.feed`; raises nothing."""
        try:
            return self._redactor.feed(direction, data)
        except Exception as error:  # noqa: BLE001 - whatever is wrong in it
            self._failed(f"the redactor failed: {type(error).__name__}")
            _log.warning("the redactor of a recording failed with %s: only lengths are kept", type(error).__name__)
            self._redactor = BlankAll()
            return bytes(len(data))


def _kept(line: Line, redactor: Redactor) -> Opened:
    if type(line).__module__ not in _PIPES:
        return "library"
    return "lengths" if isinstance(redactor, BlankAll) else "bytes"


def _line(value: Any) -> bytes:  # noqa: ANN401 - a header or a record
    return msgspec.json.encode(value, enc_hook=str) + b"\n"
