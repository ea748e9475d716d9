"""The slower lane: pictures in which zxing-cpp found no code are shown to other decoders, twice a second at most, in a thread of its own.

The decoders are ZBar, through pyzbar's binding, and where its models are there OpenCV's WeChat detector. Both see codes now and
then that zxing-cpp does not, and cost ten to a hundred times as much.

This module imports OpenCV: it is itself imported late, in the thread of a camera.
"""

import importlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from ctypes import c_char_p, c_void_p, cast, string_at
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2

from drivers.cameras.picture import Pixels
from drivers.errors import Action, DeviceError, Reason

_log = logging.getLogger(__name__)

PERIOD = 0.5  # s
_MODELS = ("detect.prototxt", "detect.caffemodel", "sr.prototxt", "sr.caffemodel")
_ZBAR_FORMATS = {"qr": "QRCODE", "code128": "CODE128", "code39": "CODE39", "ean13": "EAN13"}
_Y800 = int.from_bytes(b"Y800", "little")
_CFG_BINARY = 4  # ZBAR_CFG_BINARY, since ZBar 0.23.1: bytes as they are, no guess at a character set

Reader = Callable[[Pixels], list[bytes]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was found in the picture of `at`; its repr does not show it."""

    at: float
    payloads: tuple[bytes, ...] = field(repr=False)


class SecondOpinion:
    """The lane's thread; pictures are offered and opinions taken from the camera's."""

    def __init__(self, readers: Sequence[Reader], period: float = PERIOD) -> None:
        self._readers = readers
        self._period = period
        self._offered: tuple[Pixels, float] | None = None
        self._opinions: list[Opinion] = []
        self._changed = threading.Condition()
        self._leave = False
        self._thread = threading.Thread(target=self._live, name="second-opinion", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the thread, after the picture it is looking at."""
        with self._changed:
            self._leave = True
            self._changed.notify()
        self._thread.join()

    def offer(self, luma: Pixels, at: float) -> None:
        """Look at this picture, unless a newer one comes before there is time."""
        with self._changed:
            self._offered = (luma, at)
            self._changed.notify()

    def take(self) -> list[Opinion]:
        """What was found since the last time."""
        if not self._opinions:
            return []
        with self._changed:
            taken, self._opinions = self._opinions, []
        return taken

    def _live(self) -> None:
        while (offered := self._next()) is not None:
            began = time.monotonic()
            payloads = tuple(self._read(offered[0]))
            with self._changed:
                if payloads:
                    self._opinions.append(Opinion(offered[1], payloads))
                self._changed.wait_for(lambda: self._leave, began + self._period - time.monotonic())

    def _next(self) -> tuple[Pixels, float] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._leave or self._offered is not None)
            offered, self._offered = self._offered, None
            return None if self._leave else offered

    def _read(self, luma: Pixels) -> list[bytes]:
        for reader in self._readers:
            try:
                if payloads := reader(luma):
                    return payloads
            except Exception as error:  # noqa: BLE001 - an opinion less; the message may hold what was read
                _log.warning("a second opinion failed: %s", type(error).__name__)
        return []


def readers(formats: Sequence[str], wechat_models: str) -> list[Reader]:
    """The decoders there are; raises `DeviceError` (NOT_CONFIGURED) when the WeChat models that are named are not there."""
    found = [zbar] if (zbar := _zbar(formats)) else []
    return [*found, _wechat(Path(wechat_models))] if wechat_models and "qr" in formats else found


def _zbar(formats: Sequence[str]) -> Reader | None:
    try:
        wrapper = importlib.import_module("pyzbar.wrapper")  # loads libzbar, which a terminal may not have
    except ImportError:
        _log.info("no second opinion: libzbar is not installed")
        return None
    kinds = [wrapper.ZBarSymbol[_ZBAR_FORMATS[name]] for name in formats if name in _ZBAR_FORMATS]

    def read(luma: Pixels) -> list[bytes]:
        scanner, image = wrapper.zbar_image_scanner_create(), wrapper.zbar_image_create()
        pixels = luma.tobytes()
        try:
            wrapper.zbar_image_scanner_set_config(scanner, 0, wrapper.ZBarConfig.CFG_ENABLE, 0)
            for kind in kinds:
                wrapper.zbar_image_scanner_set_config(scanner, kind, wrapper.ZBarConfig.CFG_ENABLE, 1)
            if wrapper.zbar_image_scanner_set_config(scanner, wrapper.ZBarSymbol.QRCODE, _CFG_BINARY, 1):
                return []  # an old ZBar, which would guess at character sets
            wrapper.zbar_image_set_format(image, _Y800)
            wrapper.zbar_image_set_size(image, luma.shape[1], luma.shape[0])
            wrapper.zbar_image_set_data(image, cast(c_char_p(pixels), c_void_p), len(pixels), None)
            wrapper.zbar_scan_image(scanner, image)
            return _symbols(wrapper, image)
        finally:
            wrapper.zbar_image_destroy(image)
            wrapper.zbar_image_scanner_destroy(scanner)

    return read if kinds else None


def _symbols(wrapper: Any, image: Any) -> list[bytes]:  # noqa: ANN401 - pyzbar has no types
    found = []
    symbol = wrapper.zbar_image_first_symbol(image)
    while symbol:
        found.append(string_at(wrapper.zbar_symbol_get_data(symbol), wrapper.zbar_symbol_get_data_length(symbol)))
        symbol = wrapper.zbar_symbol_next(symbol)
    return found


def _wechat(folder: Path) -> Reader:
    files = [folder / name for name in _MODELS]
    if missing := [file.name for file in files if not file.is_file()]:
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"wechat_models: no {', '.join(missing)}")
    try:
        detector = cv2.wechat_qrcode.WeChatQRCode(*map(str, files))
    except (cv2.error, SystemError, TypeError, AttributeError) as error:  # damaged models; OpenCV 5 takes others; not in every build
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"wechat_models: {type(error).__name__}") from error

    def read(luma: Pixels) -> list[bytes]:
        try:
            texts, _ = detector.detectAndDecode(luma)
        except UnicodeDecodeError:  # what it raises for a payload that is not UTF-8
            return []
        return [text.encode() for text in texts if text]

    return read
