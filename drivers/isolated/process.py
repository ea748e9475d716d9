"""The child as a process: started with nothing of ours but its pipes, read and written without waiting, and killed when it must be."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from select import POLLIN, POLLOUT, poll

from drivers.line import Waker

CHUNK = 1 << 16  # bytes read at once
_TRACE = 4096  # bytes kept of the trace of a crash
_PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-P", "-m", "drivers.isolated")
# What a program needs to run at all: no proxy, no key, no address of ours gets to a library that is not trusted.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH")


class Process:
    """One child. Nothing here waits longer than it says."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it; raises `OSError`."""
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=_environment(),
            cwd="/",
            start_new_session=True,
        )
        self._in, self._out, self._err = (pipe.fileno() for pipe in (self._child.stdin, self._child.stdout, self._child.stderr) if pipe)
        for fd in (self._in, self._out, self._err):
            os.set_blocking(fd, False)
        self._unsent = bytearray()
        self._life = os.pidfd_open(self._child.pid)  # readable once it has ended; does not reap it: its number stays its own

    def send(self, data: bytes) -> None:
        """Put it behind what is not sent yet; `wait` sends it."""
        self._unsent += data

    def wait(self, waker: Waker, seconds: float) -> bool:
        """Send, and wait until it says something or ends, `waker` is set, or the time is over; whether `read` has something to tell."""
        poller = poll()
        poller.register(self._out, POLLIN)
        poller.register(self._life, POLLIN)
        poller.register(waker.fileno(), POLLIN)
        if self._unsent:
            poller.register(self._in, POLLOUT)
        ready = dict(poller.poll(max(0.0, seconds) * 1000))
        if self._in in ready:
            self._send()
        return self._out in ready or self._life in ready

    def read(self) -> bytes:
        """What it says now; empty at its end, even where what it has started holds its pipes. Raises `BlockingIOError` at nothing."""
        try:
            return os.read(self._out, CHUNK)
        except BlockingIOError:
            if self.left(0.0):
                return b""
            raise

    def close_input(self) -> None:
        """Ask it to leave."""
        if self._child.stdin is not None:
            self._child.stdin.close()
        self._unsent.clear()

    def dump(self, seconds: float) -> None:
        """Let it say where it hangs, and die of it."""
        self._signal(signal.SIGABRT)
        self.left(seconds)

    def left(self, seconds: float) -> bool:
        """Wait until it has ended; whether it has."""
        poller = poll()
        poller.register(self._life, POLLIN)
        return bool(poller.poll(seconds * 1000))

    def end(self) -> str:
        """Kill it, with whatever it has started; how it ended, and where it was if it has said so."""
        self._signal(signal.SIGKILL)
        status = self._child.wait()
        os.close(self._life)
        trace = self._trace()
        with self._child:  # closes the pipes
            pass
        how = f"ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
        return f"{how}\n{trace}" if trace else how

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, number)

    def _send(self) -> None:
        with suppress(BlockingIOError, BrokenPipeError):
            del self._unsent[: os.write(self._in, self._unsent[:CHUNK])]

    def _trace(self) -> str:
        """What Python said of a crash: files, lines and functions, no values."""
        try:
            said = os.read(self._err, _TRACE)
        except BlockingIOError:
            return ""
        return "".join(char for char in said.decode("ascii", "replace") if char.isprintable() or char == "\n").strip()


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**passed, "PYTHONPATH": str(_PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
