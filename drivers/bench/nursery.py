"""Where devices of the bench are born: a process that loads each model once and forks. An interpreter of its own costs a device 0.1 s."""

import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from drivers.bench.device import live

_PROJECT = Path(__file__).parents[2]
_LONGEST = 65536  # bytes of a request


def environment() -> dict[str, str]:
    """In which an interpreter finds our modules from anywhere."""
    paths = [str(_PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


class Born:
    """A device's process as `subprocess.Popen` shows one; it is the nursery's child and watched by its descriptor."""

    def __init__(self, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.stdin, self.stdout = stdin, stdout
        self.pid = pid
        try:
            self._descriptor = os.pidfd_open(pid)
        except ProcessLookupError:  # it has ended already
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stdin.close()
        self.stdout.close()
        self.wait()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def poll(self) -> int | None:
        """None while it lives."""
        return 0 if self._ended(0) else None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, so many seconds; raises `subprocess.TimeoutExpired`."""
        if not self._ended(timeout):
            raise subprocess.TimeoutExpired("a device of the bench", timeout or 0)
        return 0

    def kill(self) -> None:
        """End it in whatever it does."""
        if not self._ended(0):
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def _ended(self, seconds: float | None) -> bool:
        return self._descriptor < 0 or bool(select.select([self._descriptor], [], [], seconds)[0])


class Nursery:
    """The process, from the place that starts it. Its devices end when their standard input does; it ends with whoever holds this."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "drivers.bench.nursery"]
            self._process = subprocess.Popen(command, stdin=theirs.fileno(), env=environment())  # noqa: S603 - our own module

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """End it; its devices live on as long as they are wanted."""
        self._control.close()
        self._process.wait()

    def bear(self, model: str, folder: Path) -> Born:
        """Begin a device of the model in `folder`. OSError when the nursery is gone."""
        request = json.dumps({"model": model, "folder": str(folder)}).encode()
        stdin, to_it = os.pipe()
        from_it, stdout = os.pipe()
        with ExitStack() as kept:
            ours = kept.enter_context(os.fdopen(to_it, "wb", 0)), kept.enter_context(os.fdopen(from_it, "rb", 0))
            with os.fdopen(stdin), os.fdopen(stdout, "wb", 0), self._lock:
                socket.send_fds(self._control, [request], [stdin, stdout])
                answer = self._control.recv(_LONGEST)
            if not answer:
                raise OSError("the nursery is gone")
            kept.pop_all()
        return Born(int(answer), *ours)


def _tend(control: socket.socket) -> None:
    """Fork a device for each request, until the other end is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here: who has asked watches their descriptors
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for whoever holds them, and they end with that
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, _LONGEST, 2)
        if not request:
            return
        wanted = json.loads(request)
        _load(wanted["model"])
        child = os.fork()
        if child == 0:
            control.close()
            _live(wanted["model"], Path(wanted["folder"]), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        control.send(str(child).encode())


def _load(model: str) -> None:
    """Here, so that all its devices have it; one that cannot be loaded fails in the device's own process."""
    with suppress(Exception):
        importlib.import_module(f"drivers.bench.{model}")


def _live(model: str, folder: Path, descriptors: list[int]) -> None:
    """Be the device, and end."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for own, given in enumerate(descriptors):
            os.dup2(given, own)
            os.close(given)
        live(model, folder, parent=0)
        status = 0
    except SystemExit:
        status = 0
    except BaseException:  # noqa: BLE001 - said, and nothing above it goes on in this process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _tend(socket.socket(fileno=os.dup(0)))
