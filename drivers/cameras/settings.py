"""Settings that every camera has."""

import os
import re
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from drivers.context import DeviceSettings

_SOURCE = re.compile(r"\d{1,3}|/dev/\S+|(https?|rtsp)://\S+", re.ASCII)


class CameraSettings(DeviceSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`source` is a number (`0` is `/dev/video0`), a path below `/dev` (best one of `/dev/v4l/by-id`), or an http or rtsp URL.

    `width`, `height` (pixels), `fps`, `focus` and `exposure` (in the camera's own units, None: automatic) are asked of cameras
    that can be asked, after each opening. A camera has `open_ms` for its first picture and `stall_ms` for each next one. A
    picture that does not change by a bit, or is black, or cannot be decoded, for `no_picture_ms` is none.
    """

    source: str
    width: Annotated[int, Meta(ge=160, le=8192)] = 1280
    height: Annotated[int, Meta(ge=120, le=8192)] = 720
    fps: Annotated[int, Meta(ge=1, le=120)] = 30
    focus: int | None = None
    exposure: int | None = None
    open_ms: Annotated[int, Meta(ge=100, le=30_000)] = 2000
    stall_ms: Annotated[int, Meta(ge=100, le=30_000)] = 1000
    no_picture_ms: Annotated[int, Meta(ge=500, le=600_000)] = 3000

    def __post_init__(self) -> None:
        if not _SOURCE.fullmatch(self.source):
            message = "Expected a number, a path below /dev, or an http or rtsp URL - at `$.source`"
            raise msgspec.ValidationError(message)

    @property
    def path(self) -> str | None:
        """The device's own path in the end, whatever links lead to it; None for a camera on the network."""
        if "://" in self.source:
            return None
        return os.path.realpath(f"/dev/video{self.source}" if self.source.isdigit() else self.source)

    @property
    def name(self) -> str:
        """The source as it may be shown and locked: without the password that a URL may have."""
        if self.path is not None:
            return self.path
        parts = urlsplit(self.source)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
