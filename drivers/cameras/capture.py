"""A camera as a line of the device layer: a thread drains the stream, so that whoever looks always sees the newest picture.

What the line "reads" is one byte for each look at which there was a newer picture: a driver waits for pictures with
`link.listen`, and a command, a Cancel or the order to stop ends that wait as with any other device.
"""

import logging
import select
import threading
import time
import traceback
from collections import deque
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self, TypeVar

from drivers.cameras.settings import CameraSettings
from drivers.claim import Claim
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker

if TYPE_CHECKING:
    from drivers.cameras.picture import Picture
    from drivers.cameras.source import Source

_log = logging.getLogger(__name__)

_RATE_OVER = 30  # pictures
T = TypeVar("T", bound=AbstractContextManager[object])


class Capture:
    """An open camera. `newest` is its newest whole picture; all methods but `close` are for the device's thread."""

    def __init__(self, settings: CameraSettings, waker: Waker) -> None:
        """Take it and begin; raises `DeviceError` (NOT_CONFIGURED) when another program has it. All else is told by `read`."""
        self.newest: Picture | None = None
        self._settings = settings
        self._waker = waker
        self._error: DeviceError | None = None
        self._anew = threading.Event()
        self._leave = threading.Event()
        self._times: deque[float] = deque(maxlen=_RATE_OVER)
        with ExitStack() as opening:
            opening.enter_context(Claim(settings.name))
            self._news, self._broken = Waker(), Waker()
            opening.callback(self._news.close)
            opening.callback(self._broken.close)
            self._thread = threading.Thread(target=self._live, name=f"camera-{settings.name}", daemon=True)
            self._thread.start()
            opening.callback(self._thread.join)
            self._open = opening.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def rate(self) -> float:
        """Pictures a second, as they have come of late; 0 before the second one."""
        times = list(self._times)
        return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 and times[-1] > times[0] else 0.0

    def keep(self, companion: T) -> T:
        """Something that ends with this camera, before it."""
        self._open.push(companion.__exit__)
        return companion

    def reopen(self) -> None:
        """Let the camera go and open it anew, which also sets it up anew; the picture from before is no longer the newest."""
        self._anew.set()
        self.newest = None

    def read(self, deadline: float) -> bytes:
        """One byte as soon as there is a newer picture; empty when the deadline passed or the waker was set."""
        ready = self._wait(deadline, self._waker, self._broken, self._news)
        if self._news.fileno() not in ready:
            return b""
        self._news.clear()
        return b"\0"

    def rest(self, deadline: float) -> None:
        """Wait until the deadline passed or the waker was set; raises `DeviceError` when the camera is lost."""
        self._wait(deadline, self._waker, self._broken)

    def drain(self) -> bytes:
        """Forget that there is a newer picture."""
        self._news.clear()
        return b""

    def write(self, data: bytes, deadline: float) -> NoReturn:  # noqa: ARG002 - as `drivers.line.Line` has it
        """There is nothing to be sent."""
        message = "nothing can be sent to a camera"
        raise RuntimeError(message)

    def close(self) -> None:
        """End the thread and let the camera go. A thread that waits for a stalled camera ends after the setting `stall_ms`."""
        self._leave.set()
        self._open.close()

    def _wait(self, deadline: float, *wakers: Waker) -> set[int]:
        poller = select.poll()
        for waker in wakers:
            poller.register(waker.fileno(), select.POLLIN)
        ready = {fd for fd, _ in poller.poll(max(0.0, deadline - time.monotonic()) * 1000)}
        if self._error is not None:
            raise self._error
        return ready

    def _live(self) -> None:
        try:
            while not self._leave.is_set():
                self._anew.clear()
                self._drain()
        except DeviceError as error:
            self._end(error)
        except Exception as error:  # noqa: BLE001 - a fault in a library must not silently end the thread
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.error("%s: unexpected %s\n%s", self._settings.name, type(error).__name__, where)
            self._end(DeviceError(Reason.HARDWARE, Action.MAINTENANCE, f"unexpected {type(error).__name__}"))

    def _drain(self) -> None:
        from drivers.cameras.source import Source  # noqa: PLC0415 - OpenCV takes a third of a second, which is this thread's

        source = Source(self._settings)
        try:
            self._read(source)
        finally:
            source.close()

    def _read(self, source: "Source") -> None:
        whole = time.monotonic()
        while not self._leave.is_set() and not self._anew.is_set():
            picture = source.read()
            if picture is not None:
                whole = picture.at
                self._times.append(picture.at)
                self.newest = picture
                self._news.set()
            elif time.monotonic() - whole > self._settings.no_picture_ms / 1000:
                raise DeviceError(Reason.GARBLED, Action.MAINTENANCE, f"{self._settings.name}: only damaged pictures come")

    def _end(self, error: DeviceError) -> None:
        self._error = error
        self._broken.set()
