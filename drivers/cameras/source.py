"""An OpenCV capture: opened, set up and read, with its failures told apart.

Where a camera sends JPEG (MJPEG over HTTP, and nearly every USB camera), the capture hands on the bytes as they came: a picture
that nobody looks at costs nothing, and a page leaves the terminal as the camera took it.

This module imports OpenCV: it is itself imported late, in the thread of a camera.
"""

import os
import socket
import time
from urllib.parse import urlsplit

import cv2

from drivers.cameras import picture
from drivers.cameras.picture import Picture
from drivers.cameras.settings import CameraSettings
from drivers.errors import Action, DeviceError, Reason

_SELECT = 3  # s that OpenCV waits for a picture of a local camera; it takes whole seconds, from the environment only
_NEARLY = 0.8  # of a time-out: a read that failed after so much of it was ended by it
_MJPG = cv2.VideoWriter.fourcc(*"MJPG")
_MANUAL = 1  # V4L2_EXPOSURE_MANUAL
_PORTS = {"http": 80, "https": 443, "rtsp": 554}


class Source:
    """An open capture. Methods raise `DeviceError`: UNPLUGGED, SILENT, GARBLED where it is no camera, NOT_CONFIGURED."""

    def __init__(self, settings: CameraSettings) -> None:
        self._settings = settings
        self._patience = settings.stall_ms / 1000 if settings.path is None else _SELECT
        _quiet()
        self._capture = self._opened()
        self._jpeg = self._is_jpeg()
        self._size: tuple[int, int] | None = None
        self._broke_off = 0.0  # s that the picture before was waited for, where it came damaged

    def read(self) -> Picture | None:
        """The next picture, waited for; None for one that came damaged."""
        began = time.monotonic()
        try:
            ok, frame = self._capture.read()
        except cv2.error:
            return None
        now = time.monotonic()
        if not ok:
            raise self._ended(now - began + self._broke_off)
        made = self._fitting(picture.of_jpeg(frame.tobytes(), now) if self._jpeg else picture.of_pixels(frame, now))
        self._broke_off = 0.0 if made is not None else now - began
        return made

    def close(self) -> None:
        """Let the camera go."""
        self._capture.release()

    def _fitting(self, made: Picture | None) -> Picture | None:
        """A stream keeps its size: a header that suddenly claims another one is damaged."""
        if made is not None and self._size is None:
            self._size = (made.width, made.height)
        return made if made is not None and (made.width, made.height) == self._size else None

    def _opened(self) -> cv2.VideoCapture:
        began = time.monotonic()
        capture = self._local() if self._settings.path else self._remote(raw=True)
        if not capture.isOpened():
            capture.release()
            raise self._not_opened(time.monotonic() - began)
        if self._settings.path or int(capture.get(cv2.CAP_PROP_FOURCC)) == _MJPG:
            return capture
        capture.release()  # another codec needs OpenCV's decoder
        return self._remote(raw=False)

    def _remote(self, *, raw: bool) -> cv2.VideoCapture:
        wanted = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, self._settings.open_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, self._settings.stall_ms]
        return cv2.VideoCapture(self._settings.source, cv2.CAP_FFMPEG, [*wanted, cv2.CAP_PROP_FORMAT, -1] if raw else wanted)

    def _local(self) -> cv2.VideoCapture:
        capture = cv2.VideoCapture(str(self._settings.path), cv2.CAP_V4L2)
        for name, value in self._wishes():
            capture.set(name, value)
        if int(capture.get(cv2.CAP_PROP_FOURCC)) == _MJPG:
            capture.set(cv2.CAP_PROP_CONVERT_RGB, 0)
        return capture

    def _wishes(self) -> list[tuple[int, float]]:
        """What a local camera is asked for; the format first, for the sizes and rates there are depend on it."""
        one = self._settings
        wishes: list[tuple[int, float]] = [
            (cv2.CAP_PROP_FOURCC, _MJPG),
            (cv2.CAP_PROP_FRAME_WIDTH, one.width),
            (cv2.CAP_PROP_FRAME_HEIGHT, one.height),
            (cv2.CAP_PROP_FPS, one.fps),
            (cv2.CAP_PROP_AUTOFOCUS, float(one.focus is None)),
        ]
        if one.focus is not None:
            wishes.append((cv2.CAP_PROP_FOCUS, one.focus))
        if one.exposure is not None:
            wishes += [(cv2.CAP_PROP_AUTO_EXPOSURE, _MANUAL), (cv2.CAP_PROP_EXPOSURE, one.exposure)]
        return wishes

    def _is_jpeg(self) -> bool:
        if self._settings.path:
            return not self._capture.get(cv2.CAP_PROP_CONVERT_RGB)
        return int(self._capture.get(cv2.CAP_PROP_FORMAT)) == -1

    def _ended(self, seconds: float) -> DeviceError:
        if seconds >= _NEARLY * self._patience:
            return DeviceError(Reason.SILENT, Action.CLEAR, f"{self._settings.name}: no picture in {seconds:.1f} s")
        return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{self._settings.name}: the stream has ended")

    def _not_opened(self, seconds: float) -> DeviceError:
        name, path = self._settings.name, self._settings.path
        if path is not None:
            if not os.path.exists(path):  # noqa: PTH110 - the same as the settings' path
                return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{name} is not there")
            return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{name} is no camera, is in use or not allowed")
        if seconds >= _NEARLY * self._settings.open_ms / 1000:
            return DeviceError(Reason.SILENT, Action.CLEAR, f"{name}: no stream in {seconds:.1f} s")
        if _listens(self._settings.source):
            return DeviceError(Reason.GARBLED, Action.CONFIGURATION, f"{name}: what answers there is no camera")
        return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{name}: nobody answers")


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or _PORTS[parts.scheme]), 1.0).close()
    except (OSError, ValueError):
        return False
    return True


def _quiet() -> None:
    """Both libraries would write a line for every damaged picture; and two cores are for the whole terminal."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(_SELECT))
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
