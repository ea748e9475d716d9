"""Pictures: pages from a document camera, and the newest frame of any camera."""

from typing import ClassVar, Protocol

from msgspec import Struct

from drivers.contract.messages import Answer, Command


class Frame(Struct, frozen=True, kw_only=True):
    """A picture as JPEG; `at` is `time.monotonic()` in seconds. Its repr shows the size only."""

    jpeg: bytes
    width: int
    height: int
    at: float

    def __repr__(self) -> str:
        return f"Frame({self.width}x{self.height})"


class TakePage(Command, frozen=True, kw_only=True):
    """Picture the page under the camera; answered by PageTaken, or by Failed when it stays blurred, dark or glaring."""


class PageTaken(Answer, frozen=True, kw_only=True):
    """A sharp, well lit picture of the page. `sharpness` is in the driver's own unit, comparable on one device only."""

    personal: ClassVar[frozenset[str]] = frozenset({"page"})

    page: Frame
    sharpness: float


class Preview(Protocol):
    """What a device with a camera has besides `Device`."""

    @property
    def newest(self) -> Frame | None:
        """The newest frame, at any time and from any thread; None when there is none younger than a second."""
