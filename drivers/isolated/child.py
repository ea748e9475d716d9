"""The child: one device, driven by frames from standard input, telling by frames on standard output.

A library that prints or reads finds neither pipe: both are moved away before it is loaded. The child ends when its input ends, or
with its parent, whichever is first, whatever its library does.
"""

import ctypes
import faulthandler
import logging
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import msgspec

from drivers import codec, registry
from drivers.contract import Command, Hardware
from drivers.contract import Event as Told
from drivers.isolated.frames import HEAD, Beat, Counts, Event, Note, Setup, pack
from drivers.isolated.pulse import BEAT, beating
from drivers.line import OpenLine

_LEAVE = 3.0  # s for the device to stop; then the process ends without it
_NOTE = 2000  # characters of one line for the log
_SET_PDEATHSIG = 1  # prctl(2)

Watch = Callable[[OpenLine], OpenLine]
Load = Callable[[Setup, Watch], Hardware]


def main(load: Load | None = None) -> None:
    """Be the device that the first frame names; `load` makes it where it is none of the registry's."""
    orders, told, traces = _private()
    _confine()
    _leave_traces(traces)
    first = _frame(orders)
    if first is None:
        return
    setup = msgspec.msgpack.decode(first, type=Setup)
    mouth = Mouth(told)
    _log_through(mouth)
    device = (load or _registered)(setup, lambda opening: beating(opening, mouth.beat))
    mouth.counters = lambda: device.counters
    device.start(mouth.tell)
    while (frame := _frame(orders)) is not None:
        device.do(_command(frame))
    threading.Timer(_LEAVE, os._exit, [1]).start()
    device.stop()
    mouth.settle()
    os._exit(0)  # not held up by what threads a library may have left


def _registered(setup: Setup, watch: Watch) -> Hardware:
    keep, trace_to = (Path(path) if path else None for path in (setup.keep, setup.trace_to))
    return registry.load(setup.role, setup.driver, setup.settings, keep=keep, trace_to=trace_to, watch=watch)


def _command(frame: bytes) -> Command:
    command: Command = codec.from_bytes(frame, codec.AnyCommand)  # type: ignore[arg-type]  # mypy: a union is no type
    return command


class Mouth:
    """Tells the parent; may be used from any thread."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lock = threading.Lock()
        self._counted: Mapping[str, int] = {}
        self._beaten = 0.0
        self.counters: Callable[[], Mapping[str, int]] = dict

    def tell(self, event: Told) -> None:
        """An event, after the counts that it may have changed."""
        self.settle()
        self._say(Event(event))  # type: ignore[arg-type]  # whatever a device tells is one of the codec's

    def settle(self) -> None:
        """The counts, if they are others than before."""
        if (counts := self.counters()) != self._counted:
            self._counted = counts
            self._say(Counts(counts))

    def beat(self) -> None:
        """The device's thread goes on; told a few times a second, however often it is called."""
        if time.monotonic() - self._beaten >= BEAT:
            self._beaten = time.monotonic()
            self.settle()
            self._say(Beat())

    def note(self, level: int, name: str, text: str) -> None:
        """A line for the log."""
        self._say(Note(level, name, text[:_NOTE]))

    def _say(self, message: object) -> None:
        left = memoryview(pack(message))
        with self._lock:
            while left:
                left = left[os.write(self._fd, left) :]


class _Log(logging.Handler):
    """Sends on what our own code logs; what a library logs may be about a citizen, and stays here."""

    def __init__(self, mouth: Mouth) -> None:
        super().__init__(logging.INFO)
        self._mouth = mouth

    def emit(self, record: logging.LogRecord) -> None:
        self._mouth.note(record.levelno, record.name, record.getMessage())


def _log_through(mouth: Mouth) -> None:
    ours = logging.getLogger("drivers")
    ours.setLevel(logging.INFO)
    ours.propagate = False
    ours.addHandler(_Log(mouth))
    logging.getLogger().addHandler(logging.NullHandler())


def _private() -> tuple[int, int, int]:
    """The pipes for orders, for what is told, and for the traces of a crash, moved to where a library does not find them."""
    mine = os.dup(0), os.dup(1), os.dup(2)
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    os.close(nothing)
    return mine


def _leave_traces(fd: int) -> None:
    """When it crashes, it says where: files, lines and functions. What an exception says may be about a citizen."""
    faulthandler.enable(fd)

    def tell(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        os.write(fd, f"{kind.__name__}\n{''.join(traceback.format_tb(trace))}".encode()[-_NOTE:])

    sys.excepthook = tell


def _confine() -> None:
    """No memory image of a crash, which would hold a citizen's data, and no life without the parent."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _frame(fd: int) -> bytes | None:
    """The next frame; None at the end of input."""
    head = _exactly(fd, HEAD)
    return None if head is None else _exactly(fd, int.from_bytes(head))


def _exactly(fd: int, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        if not (piece := os.read(fd, min(size - len(data), 1 << 16))):
            return None
        data += piece
    return bytes(data)
