"""Start, change, unplug and stop a bench device from another process: for tests, the tour and the bench panel."""

import base64
import select
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from drivers.bench.nursery import Born, Nursery, environment
from drivers.bench.state import State

_START = 10.0  # s: a loaded machine may take its time to start an interpreter
_LEAVE = 2.0  # s: a device that does not leave by then is killed


class BenchError(RuntimeError):
    """The device's process did not start."""


class Bench:
    """One device on the bench: a process that owns the port `folder/port`, or a TCP port. It ends with this process at the latest."""

    def __init__(self, model: str, folder: Path, nursery: Nursery | None = None) -> None:
        """`nursery` is where its process comes from; without one it is an interpreter of its own, which takes longer."""
        self.model = model
        self.folder = folder
        self._nursery = nursery
        self._process: subprocess.Popen[bytes] | Born | None = None
        self._state = State(folder)

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def port(self) -> str:
        """Path of the port, the same after every re-plug."""
        return str(self.folder / "port")

    @property
    def address(self) -> str:
        """`host:port` of a device on TCP, the same after every re-plug."""
        return (self.folder / "address").read_text(encoding="ascii")

    @property
    def plugged(self) -> bool:
        """Whether the device is there."""
        return self._process is not None and self._process.poll() is None

    def plug(self) -> None:
        """Start the device and wait until its port is there; raises `BenchError`."""
        if not self.plugged:
            self.begin()
            self.ready()

    def begin(self) -> None:
        """Start the device's process and do not wait for it; `ready` must follow. Raises `BenchError`."""
        self.stop()
        if self._nursery is not None:
            try:
                self._process = self._nursery.bear(self.model, self.folder)
            except OSError as error:
                message = f"bench device {self.model} did not start"
                raise BenchError(message) from error
            return
        command = [sys.executable, "-m", "drivers.bench", self.model, "--folder", str(self.folder), "--with-parent"]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
        )

    def ready(self) -> None:
        """Wait until the device that has begun to start is there; raises `BenchError`."""
        if not self._ready():
            self.stop()
            message = f"bench device {self.model} did not start"
            raise BenchError(message)

    def unplug(self) -> None:
        """Pull the plug: the process is killed in whatever it does, the port is gone, the state stays."""
        if self._process is not None:
            self._process.kill()
        self.stop()

    def stop(self) -> None:
        """End the process, if there is one, and wait for its end."""
        if self._process is None:
            return
        with self._process as process:  # closes the pipes: the device sees the end of its standard input and leaves
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(_LEAVE)
            except subprocess.TimeoutExpired:
                process.kill()
        self._process = None
        (self.folder / "port").unlink(missing_ok=True)

    def set(self, **changes: Any) -> None:  # noqa: ANN401 - JSON values
        """Change the device's state; it follows within 10 ms. Raises `KeyError` for a key it does not have."""
        self._state.set(**changes)

    def scan(self, code: str | bytes) -> None:
        """Hold a code in front of a code scanner."""
        content = {"text": code} if isinstance(code, str) else {"base64": base64.b64encode(code).decode()}
        self.set(scan={**content, "count": self.get()["scan"]["count"] + 1})

    def get(self) -> dict[str, Any]:
        """The device's state as its file has it."""
        return self._state.read()

    def _ready(self) -> bool:
        if self._process is None or self._process.stdout is None:
            return False
        readable, _, _ = select.select([self._process.stdout], [], [], _START)
        return bool(readable) and self._process.stdout.readline() == b"ready\n"


def plug_all(devices: Iterable[Bench]) -> None:
    """Start devices side by side; raises `BenchError` for the first that does not come."""
    coming = [device for device in devices if not device.plugged]
    for device in coming:
        device.begin()
    for device in coming:
        device.ready()
