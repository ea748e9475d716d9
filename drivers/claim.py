"""One owner per device, also where the device is no serial port that could be locked: a network address, a camera, a print queue."""

import fcntl
import hashlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.errors import HELD, Action, DeviceError, Reason

_FOLDERS = ("/run/lock", tempfile.gettempdir())  # world-writable on every Debian, and forgotten at a restart


class Claim:
    """Holds the device `name` until closed. The lock is the kernel's: it ends with the process, however that ends."""

    def __init__(self, name: str) -> None:
        """Take it; raises `DeviceError` (NOT_CONFIGURED) when another program, or another device of this one, has it."""
        folder = next(folder for folder in _FOLDERS if os.access(folder, os.W_OK))
        digest = hashlib.sha256(name.encode()).hexdigest()[:16]
        path = Path(folder) / f"kiosk-device-{digest}.lock"
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            self._fd = os.open(path, flags, 0o666)
        except OSError as error:
            raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{path}: {error.strerror}") from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._fd)
            raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{name} {HELD}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let it go; the file stays, for a lock on a file that is gone would hold nobody off."""
        os.close(self._fd)
