"""The devices of this machine at work for a technician: what they are like, what they tell, and what comes of a command."""

import os
import queue
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from drivers.contract import Answer, Cancel, Command, DeviceState, Event, Hardware, Status, StatusChanged

FIRST_STATUS = 10.0  # s: the slowest device has told by then how it is, or that it is silent
_USABLE = {DeviceState.ONLINE, DeviceState.DEVICE_BUSY, DeviceState.POTENTIAL_FRAUD}
_WHERE = ("port", "url", "device", "camera", "address", "host", "reader", "source", "path")  # of drivers' settings, the telling ones first


class Attached:
    """Devices that work from `with` on until its end; what they tell waits in a queue."""

    def __init__(self, devices: Mapping[str, Hardware]) -> None:
        self.devices = devices
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        for device in self.devices.values():
            self._stack.callback(device.stop)
            device.start(self._events.put)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def next(self, seconds: float) -> Event | None:
        """The next thing told by any of them; None when nothing was in that time."""
        try:
            return self._events.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None

    def settle(self, seconds: float = FIRST_STATUS) -> None:
        """Wait until each has told how it is, at most so long; takes what is told meanwhile off the queue."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(device.status.state is DeviceState.STARTING for device in self.devices.values()):
            self.next(min(0.1, end - time.monotonic()))

    def until_answered(self, command: Command, seconds: float) -> "Answers":
        """Give the command, and see what comes of it within that time."""
        self.devices[command.role].do(command)
        return Answers(self, command, time.monotonic() + seconds)


class Answers:
    """Iterates over the answers to a command, the final one last; when time is over it is cancelled, which is its answer then."""

    def __init__(self, attached: Attached, command: Command, end: float) -> None:
        self._attached, self._command, self._end = attached, command, end
        self._over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Answer:
        while not self._over:
            match self._attached.next(min(0.2, max(0.0, self._end - time.monotonic()))):
                case Answer(id=command_id) as answer if command_id == self._command.id:
                    self._over = answer.final
                    return answer
            if time.monotonic() >= self._end:
                self._end += 60.0
                self.cancel()
        raise StopIteration

    def cancel(self) -> None:
        """Give the command up."""
        role = self._command.role
        self._attached.devices[role].do(Cancel(role=role, id=f"{self._command.id}-cancel", of=self._command.id))


class Trouble(Struct, frozen=True, kw_only=True):
    """Why a device cannot be used, and who puts it right: machine-readable, and as sentences in the technician's language."""

    reason: str
    action: str
    sentence: str
    acts: str
    detail: str


class Found(Struct, frozen=True, kw_only=True):
    """How a device was found; `usable` is None while another program holds it, which `held` then names as far as known."""

    role: str
    driver: str
    where: str
    state: str
    usable: bool | None
    held: str = ""
    identity: Mapping[str, str]
    parts: Mapping[str, str]
    supplies: Mapping[str, str]
    attention: tuple[str, ...]
    error: Trouble | None


def found(role: str, entry: Mapping[str, Any], status: Status, trouble: Trouble | None) -> Found:
    """What `kiosk devices list` says of a device; `trouble` is the status's error in words."""
    error = status.error
    place = where(entry)
    held = error is not None and error.held
    return Found(
        role=role,
        driver=str(entry["driver"]),
        where=place,
        state="inUse" if held else status.state,
        usable=None if held else status.state in _USABLE,
        held=(holder(place) or "another program, most likely the running terminal") if held else "",
        identity=status.identity,
        parts=status.parts,
        supplies=status.supplies,
        attention=status.attention,
        error=None if held else trouble,
    )


def where(entry: Mapping[str, Any]) -> str:
    """Where the device is, by its settings."""
    return next((str(entry[name]) for name in _WHERE if name in entry), "")


def holder(port: str) -> str:
    """The program that has locked this port, as far as the kernel tells ("" where it does not)."""
    try:
        wanted = Path(port).stat()
        locks = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return ""
    place = f"{os.major(wanted.st_dev):02x}:{os.minor(wanted.st_dev):02x}:{wanted.st_ino}"
    for fields in map(str.split, locks):
        if place in fields and (pid := fields[fields.index(place) - 1]).isdigit():
            return f"{_program(pid)} (process {pid})"
    return ""


def _program(pid: str) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "a program"
    return " ".join([Path(words[0]).name, *words[1:4]]).strip() or "a program"


def changes(event: StatusChanged) -> str:
    """What is new in a status, in the words of the vocabulary."""
    status = event.status
    named = {**status.parts, **status.supplies, **status.identity}
    news = [f"{name} {named[name]}" for name in event.changed if name in named]
    over = [f"{name} has reached its threshold" for name in status.attention] if "attention" in event.changed else []
    return ", ".join([*news, *over])
