"""Pictures from the WLT photos of identity cards, by a decoder that an integrator brings.

The format is not public; its decoder is a vendor's library. It runs in a process of its own (`drivers.readers.photo_worker`),
because it may hang or crash, and what it makes is looked at before it is believed. The process gets no environment but a search
path, no open file, and is killed when it takes too long or talks nonsense; nothing of what it says is ever logged.
"""

import io
import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable

from drivers.contract import Part
from drivers.readers.photo_worker import HEAD, PICTURE_MAX

_log = logging.getLogger(__name__)

RESTARTS = 3  # in a row; a decoder that has failed once more is given up until the device is reset or connected anew
_START = 10.0  # s for the interpreter and the library to load
_SLICE = 0.02  # s: how soon a cancel or a stop is noticed
_CHUNK = 65536
_SIDES = range(16, 1025)  # px; the picture of a card has 102 x 126
_FORMATS = ("BMP", "PNG", "JPEG")


class _BrokenError(Exception):
    """The decoder's process is of no more use."""


class PhotoDecoder:
    """The decoder in the Python module `module`; without a name there is none. `part` says how it is."""

    def __init__(self, role: str, module: str, seconds: float) -> None:
        """A picture may take `seconds`."""
        self._role = role
        self._module = module
        self._seconds = seconds
        self._child: _Child | None = None
        self._failures = 0
        self.part = Part.UNKNOWN if module else Part.NOT_SUPPORTED

    def start(self) -> None:
        """Start its process if it does not run; a decoder that was given up gets another chance."""
        if self.part is Part.INOPERATIVE:
            self.part = Part.UNKNOWN
        self._failures = 0
        self.tend()

    def tend(self) -> None:
        """See, without waiting, whether its process has come up or gone."""
        if self.part in {Part.NOT_SUPPORTED, Part.INOPERATIVE}:
            return
        try:
            if self._child is None:
                self._child = _Child(self._module)
            if self._child.up(0.0):
                self.part = Part.OK
        except _BrokenError as error:
            self._failed(error)

    def decode(self, photo: bytes, check: Callable[[], None]) -> bytes:
        """The picture as a BMP; b"" where there is none. `check` is called now and then and may raise to give up."""
        self.tend()
        if self._child is None:
            return b""
        try:
            if not self._child.up(self._seconds, check):
                return b""  # it still loads its library, and nobody shall wait for that
            picture = as_bmp(self._child.ask(photo, self._seconds, check))
        except (_BrokenError, ValueError) as error:
            self._failed(error)
            return b""
        except BaseException:  # given up: what the process still says must never be taken for the next card's picture
            self.close()
            raise
        self._failures = 0
        self.part = Part.OK
        return picture

    def close(self) -> None:
        """End its process."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _failed(self, error: Exception) -> None:
        self.close()
        self._failures += 1
        _log.warning("%s: photo decoder: %s", self._role, error)
        if self._failures > RESTARTS:
            self.part = Part.INOPERATIVE
            return
        self.part = Part.UNKNOWN
        self.tend()


class _Child:
    """The decoder's process. Every method raises `_BrokenError`, after which only `kill` may be called."""

    def __init__(self, module: str) -> None:
        paths = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100 - an empty path means where we are
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": paths}
        command = [sys.executable, "-P", "-m", "drivers.readers.photo_worker", module]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter; the module's name is checked with the settings
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, cwd="/", env=environment
            )
        except OSError as error:
            raise _BrokenError(f"does not start: {error.strerror}") from error
        self._began = time.monotonic()
        self._up = False
        self._heard = b""

    def up(self, seconds: float, check: Callable[[], None] = lambda: None) -> bool:
        """Whether it has loaded its module, at most waiting `seconds`."""
        if not self._up:
            self._up = self._frame(time.monotonic() + seconds, check) is not None
            if not self._up and time.monotonic() - self._began > _START:
                raise _BrokenError("does not come up")
        elif self._listen(0.0):
            raise _BrokenError("speaks unasked")
        return self._up

    def ask(self, photo: bytes, seconds: float, check: Callable[[], None]) -> bytes:
        """What it makes of a photo."""
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            self._process.stdin.write(len(photo).to_bytes(HEAD) + photo)
        except OSError as error:
            raise _BrokenError("is gone") from error
        picture = self._frame(time.monotonic() + seconds, check)
        if picture is None:
            raise _BrokenError(f"no answer in {seconds:.1f} s")
        return picture

    def kill(self) -> None:
        self._process.kill()
        with self._process:  # closes the pipes and waits for its end
            pass

    def _frame(self, deadline: float, check: Callable[[], None]) -> bytes | None:
        """The next frame; None when it is not whole at the deadline."""
        while True:
            left = deadline - time.monotonic()
            self._heard += self._listen(min(max(left, 0.0), _SLICE))
            check()
            if (frame := self._whole()) is not None or left <= 0:
                return frame

    def _whole(self) -> bytes | None:
        if len(self._heard) < HEAD:
            return None
        end = HEAD + int.from_bytes(self._heard[:HEAD])
        if end > HEAD + PICTURE_MAX or len(self._heard) > end:
            raise _BrokenError("says more than a picture")
        if len(self._heard) < end:
            return None
        frame, self._heard = self._heard[HEAD:], b""
        return frame

    def _listen(self, seconds: float) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        poller = select.poll()
        poller.register(self._process.stdout, select.POLLIN)
        if not poller.poll(seconds * 1000):
            return b""
        if not (data := os.read(self._process.stdout.fileno(), _CHUNK)):
            raise _BrokenError("has crashed or could not load its module")
        return data


def as_bmp(data: bytes) -> bytes:
    """A BMP, PNG or JPEG as a BMP of the same size in 24-bit colour; raises `ValueError` for anything else, and for odd sizes."""
    from PIL import Image  # noqa: PLC0415 - only terminals with a decoder need it

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            sane = opened.width in _SIDES and opened.height in _SIDES
            colours = opened.convert("RGB") if sane else None
    except Exception as error:  # Pillow has many ways to say that data is no picture
        raise ValueError("makes no picture") from error
    if colours is None:
        raise ValueError("makes a picture of no sane size")
    made = io.BytesIO()
    colours.save(made, "BMP")
    return made.getvalue()
