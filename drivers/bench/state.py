"""The state of a bench device: one JSON object in `DIR/state.json`, which anybody may change and the device follows.

Whoever changes it merges under a lock and replaces the file as a whole; a reader never sees half a file. Who does so by `State.set`
also rings `DIR/bell`, so that a device at rest looks at once. Keys every device has:

| key | meaning |
|---|---|
| `silent` | answers nothing |
| `late_ms` | waits this long before each answer |
| `garbage` | `before`: noise in front of each answer; `instead`: noise in its place |
| `half_frame` | sends only so many bytes of each answer (0: all) |
| `bad_checksum` | spoils the last byte of each answer |
| `faulty` | how many answers the faults above hold for (-1: all) |
| `unplugged` | true: the device pulls its own plug, that is, its process ends |
| `changes` | how often each key has changed: a device that looks now and then still sees that a card left and came back |
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

COMMON: dict[str, Any] = {
    "silent": False,
    "late_ms": 0,
    "garbage": "",
    "half_frame": 0,
    "bad_checksum": False,
    "faulty": -1,
    "unplugged": False,
    "changes": {},
}


def bell(folder: Path) -> int:
    """The device's end of the bell of `folder`: a file descriptor that can be read from once it has rung, without waiting."""
    path = folder / "bell"
    with suppress(FileExistsError):
        os.mkfifo(path)
    return os.open(path, os.O_RDWR | os.O_NONBLOCK)


def quiet(descriptor: int) -> None:
    """The bell has been heard."""
    os.read(descriptor, 4096)


class State:
    """The state file of the device in `folder`, seen from the device or from outside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "state.json"
        self._name = str(self._path)
        self._stamp: tuple[int, int] = (0, 0)
        self._values: dict[str, Any] = {}
        self.initial: Mapping[str, Any] = {}

    def begin(self, defaults: Mapping[str, Any]) -> None:
        """Write the device's defaults below what the file says already; the plug is in. `initial` keeps the values of this moment."""
        with self._locked():
            self.initial = {**COMMON, **defaults, **self._load(), "unplugged": False}
            self._replace(self.initial)

    def now(self) -> Mapping[str, Any]:
        """The current values; the file is read only when it has changed. Ends the process (`SystemExit`) when unplugged."""
        found = os.stat(self._name)  # noqa: PTH116 - asked all the time, and a Path takes twice as long
        if (stamp := (found.st_mtime_ns, found.st_ino)) != self._stamp:
            self._values = self._load()
            self._stamp = stamp
        if self._values.get("unplugged"):
            raise SystemExit(0)
        return self._values

    def read(self) -> dict[str, Any]:
        """The values in the file, for those outside."""
        return self._load()

    def set(self, **changes: Any) -> None:  # noqa: ANN401 - JSON values
        """Merge `changes` into the file; raises `KeyError` for a key the device does not have."""
        with self._locked():
            values = self._load()
            if wrong := changes.keys() - values.keys():
                raise KeyError(*sorted(wrong))
            counts = values["changes"]
            for key, value in changes.items():
                counts[key] = counts.get(key, 0) + (value != values[key])
            self._replace(values | changes)
        self._ring()

    def _ring(self) -> None:
        with suppress(OSError):  # nobody listens, or it has rung often already
            way = os.open(self._folder / "bell", os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(way, b"!")
            finally:
                os.close(way)

    def _load(self) -> dict[str, Any]:
        try:
            loaded: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return loaded

    def _replace(self, values: Mapping[str, Any]) -> None:
        fresh = self._path.with_name(f".state.{os.getpid()}")
        fresh.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / ".state.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
