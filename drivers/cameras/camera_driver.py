"""What the drivers of all cameras share: waiting for pictures, judging them, telling how the camera is, resets and the silent check."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from drivers.cameras.capture import Capture
from drivers.cameras.settings import CameraSettings
from drivers.cameras.watch import Levels, Watch
from drivers.contract import DeviceState, HealthLevel, MediaTo, Part, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker
from drivers.link import Link
from drivers.runner import Driver
from drivers.trace import Direction

if TYPE_CHECKING:
    from drivers.cameras.picture import Picture, Pixels

PARTS = ("camera", "picture")

_LOOK = 0.25  # s between two looks at brightness, and at most between two looks at whether pictures come at all
_SETTLE = 1.0  # s that a camera has after its first picture to adapt to the light, and to show that it lives
_AGAIN = 10.0  # s between two openings of a camera that shows the same picture over and over
S = TypeVar("S", bound=CameraSettings)


class Nothing:
    """A camera's line carries no bytes that could be recorded."""

    def feed(self, direction: Direction, data: bytes) -> bytes:  # noqa: ARG002 - as `drivers.trace.Redactor` has it
        """Nothing of them."""
        return b""


class CameraDriver(Driver, Generic[S]):
    """A camera's side of the runner. A picture that is none is told as status; commands and codes go on as far as they can."""

    def __init__(self, settings: S) -> None:
        self.settings = settings
        self._watch = Watch(settings.no_picture_ms / 1000)
        self._capture: Capture | None = None
        self._next_look = 0.0
        self._reopened = 0.0

    def open(self, waker: Waker) -> Capture:
        """The runner opens the line by this."""
        self._capture = Capture(self.settings, waker)
        return self._capture

    @property
    def capture(self) -> Capture:
        """The open camera."""
        if self._capture is None:
            raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, "no camera")
        return self._capture

    def connect(self, link: Link) -> Status:
        """Wait for pictures that are some: a camera has a second to adapt and to show that it is not frozen."""
        self._watch.begin(time.monotonic())
        first = self._first(link)
        error = self._judge(first)
        while not self._lives and time.monotonic() - first.at < _SETTLE:
            if picture := self.see(link, _LOOK):
                error = self._judge(picture)
        return self._status(error, Part.OK if self._lives else Part.UNKNOWN)

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - there are no media
        """Let the camera go, open it anew and set it up anew."""
        self._reopen()
        self._first(link)

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: pictures come, change, and are some."""
        if level is not HealthLevel.INTERNAL:
            raise DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, str(level))
        if link.status.error is not None:
            raise link.status.error
        if link.status.parts["picture"] is not Part.OK:
            raise DeviceError(Reason.NO_PICTURE, Action.WAIT, "not seen to change yet")
        picture = self._first(link)
        return {"size": f"{picture.width}x{picture.height}", "rate": f"{self.capture.rate:.0f}"}

    def redactor(self) -> Nothing:
        """Nothing is kept."""
        return Nothing()

    def idle(self, link: Link) -> None:
        """Look at the next picture."""
        picture = self.see(link, _LOOK)
        if picture is not None:
            self.watch(link, picture, self.use(link, picture))

    def use(self, link: Link, picture: "Picture") -> "Pixels | None":
        """What a driver does with every picture; its luma, where that was needed."""
        raise NotImplementedError

    def see(self, link: Link, seconds: float) -> "Picture | None":
        """The newest picture as soon as there is a new one; None when none came in time, or in `idle` when a command came."""
        return self.capture.newest if link.listen(seconds) else None

    def watch(self, link: Link, picture: "Picture", luma: "Pixels | None" = None) -> None:
        """Judge this picture and tell how the camera is; called for every picture, also while a command runs."""
        error = self._judge(picture, luma)
        before = link.status.error
        if error is None and (before is not None or link.status.parts["picture"] is not Part.OK) and self._lives:
            link.report(self._status(None, Part.OK))
        elif error is not None and before != error:
            link.report(self._status(error, Part.INOPERATIVE))
        if error is not None and error.action is Action.RESET and time.monotonic() - self._reopened > _AGAIN:
            self._reopen()

    @property
    def _lives(self) -> bool:
        return self._watch.moves and self._watch.sees

    def _judge(self, picture: "Picture", luma: "Pixels | None" = None) -> DeviceError | None:
        """What is wrong with the camera's picture; brightness is looked at now and then only."""
        if picture.at >= self._next_look:
            self._next_look = picture.at + _LOOK
            return self._watch.look(picture.at, picture.mark, levels(picture.thumbnail() if luma is None else luma[::8, ::8]))
        return self._watch.glance(picture.at, picture.mark)

    def _first(self, link: Link) -> "Picture":
        """The next picture, waited for as long as a camera may take to open."""
        deadline = time.monotonic() + (self.settings.open_ms + self.settings.stall_ms) / 1000
        link.drain()
        while time.monotonic() < deadline:
            if picture := self.see(link, deadline - time.monotonic()):
                return picture
        raise DeviceError(Reason.SILENT, Action.CLEAR, f"{self.settings.name}: no picture")

    def _reopen(self) -> None:
        self._reopened = time.monotonic()
        self.capture.reopen()

    def _status(self, error: DeviceError | None, picture: Part) -> Status:
        state = DeviceState.ONLINE
        if error is not None:
            state = DeviceState.USER_ERROR if error.action is Action.CLEAR else DeviceState.HARDWARE_ERROR
        return Status(state=state, parts={"camera": Part.OK, "picture": picture}, identity=identity(self.settings.path), error=error)


def identity(path: str | None, folder: Path = Path("/sys/class/video4linux")) -> dict[str, str]:
    """What the kernel knows of the local camera at `path`: model, and serial number where it has one."""
    if path is None:
        return {}
    here = folder / Path(path).name
    files = {"model": here / "name", "serial": here / "device" / ".." / "serial"}
    return {name: text for name, file in files.items() if (text := _line(file))}


def _line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def levels(luma: "Pixels | None") -> Levels | None:
    """How bright a picture is; None for one that could not be decoded."""
    if luma is None or luma.size == 0:
        return None
    ordered = luma.ravel().copy()
    ordered.partition(ordered.size * 99 // 100)
    return Levels(high=float(ordered[ordered.size * 99 // 100]), deviation=float(luma.std()))
