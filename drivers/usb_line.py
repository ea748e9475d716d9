"""A byte pipe to a USB printer without a serial port: the bulk endpoints of its printer-class interface, by pyusb and libusb.

`usb://04b8:0202` names maker and product in hexadecimal, `usb://04b8:0202/SERIAL` one of several by its serial number; `?reset`
at the end resets the device at each opening. Class 7 and its two bulk endpoints: USB Device Class Definition for Printing
Devices 1.1. libusb cannot be woken, so waits are cut into slices, and a stop or a Cancel takes a slice at the most.
"""

import errno
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from drivers.claim import Claim
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker

SCHEME = "usb://"

_URL = re.compile(r"usb://([0-9a-f]{4}):([0-9a-f]{4})(?:/([^/?]+))?(\?reset)?", re.IGNORECASE)
_PRINTER, _BULK, _KIND, _IN = 7, 2, 0x03, 0x80  # interface class; bits of an endpoint's attributes and address
_SLICE = 0.02  # s
_LOOK = 0.5  # s between two looks whether the device is still there, while nothing is read or written
_CHUNK = 4096  # bytes: a multiple of every packet size
_DRAIN_LIMIT = 65536  # bytes
_NOT_ALLOWED = {errno.EACCES, errno.EPERM}


class UsbLine:
    """An open device. All methods raise `DeviceError` (UNPLUGGED) when it breaks; deadlines are `time.monotonic()` seconds."""

    def __init__(self, url: str, waker: Waker, backend: object = None) -> None:
        """Open it; raises `DeviceError`: UNPLUGGED where there is no such device, NOT_CONFIGURED where it cannot be used.

        `backend` is one of pyusb's; None takes the libusb that is installed.
        """
        self._name = url
        self._waker = waker
        vendor, product, serial, reset = _parts(url)
        with ExitStack() as opening:
            opening.enter_context(Claim(url.lower().removesuffix("?reset")))
            opening.enter_context(self._watched())
            self._usb = _library()
            device = self._find(vendor, product, serial, backend)
            opening.callback(self._usb.util.dispose_resources, device)
            if reset:
                device.reset()
                self._usb.util.dispose_resources(device)  # it may be another one to libusb now
                device = self._find(vendor, product, serial, backend)
                opening.callback(self._usb.util.dispose_resources, device)
            interface = _interface(device, url)
            self._take(device, interface, opening)
            self._out, self._in = _endpoints(interface)
            self._node = _node(device)
            self._opened = opening.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, deadline: float) -> bytes:
        """What has arrived, as soon as there is any; empty when the deadline passed or the waker was set."""
        while True:
            began = time.monotonic()
            if data := self._taken(min(_SLICE, deadline - began)):
                return data
            rest = min(began + _SLICE, deadline) - time.monotonic()  # a device that says at once that it has nothing is not asked on
            if self._waker.wait(rest) or time.monotonic() >= deadline:
                return b""

    def write(self, data: bytes, deadline: float) -> int:
        """Hand over as much as the line takes now; how many bytes: 0 when the deadline passed or the waker was set first."""
        while True:
            seconds = min(_SLICE, deadline - time.monotonic())
            with self._watched(), suppress(self._usb.core.USBTimeoutError):
                if taken := self._out.write(data[:_CHUNK], _ms(seconds)):
                    return int(taken)
            if self._waker.wait(0) or time.monotonic() >= deadline:
                return 0

    def rest(self, deadline: float) -> None:
        """Wait without reading, until the deadline passed, the waker was set, or the device is gone."""
        while (left := deadline - time.monotonic()) > 0:
            if self._node is not None and not self._node.exists():
                raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{self._name}: gone")
            if self._waker.wait(min(left, _LOOK)):
                return

    def drain(self) -> bytes:
        """Take what has arrived so far, without waiting."""
        taken = bytearray()
        while len(taken) < _DRAIN_LIMIT and (data := self._taken(0)):
            taken += data
        return bytes(taken)

    def close(self) -> None:
        """Give it back; a device that is gone already is no error here."""
        with suppress(DeviceError, OSError):
            self._opened.close()

    def _taken(self, seconds: float) -> bytes:
        with self._watched(), suppress(self._usb.core.USBTimeoutError):
            return bytes(self._in.read(_CHUNK, _ms(seconds)))
        return b""

    def _find(self, vendor: int, product: int, serial: str | None, backend: object) -> Any:  # noqa: ANN401 - pyusb has no types
        denied: list[BaseException] = []

        def fits(device: Any) -> bool:  # noqa: ANN401 - the same
            try:
                return serial is None or device.serial_number == serial
            except (ValueError, self._usb.core.USBError) as error:  # ValueError: pyusb may not even read which languages there are
                denied.append(error)
                return False

        try:
            device = self._usb.core.find(idVendor=vendor, idProduct=product, custom_match=fits, backend=backend)
        except self._usb.core.NoBackendError as error:
            raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, "libusb is not installed") from error
        if device is not None:
            return device
        if denied:
            raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{self._name}: its serial number cannot be read")
        raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{self._name}: no such device")

    def _take(self, device: Any, interface: Any, opening: ExitStack) -> None:  # noqa: ANN401 - the same
        """The kernel's own printer driver (usblp) lets go, and gets the device back in the end."""
        number = interface.bInterfaceNumber
        with suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
                opening.callback(device.attach_kernel_driver, number)
        self._usb.util.claim_interface(device, number)
        opening.callback(self._usb.util.release_interface, device, number)
        if interface.bAlternateSetting:
            device.set_interface_altsetting(interface=number, alternate_setting=interface.bAlternateSetting)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """What libusb says becomes a `DeviceError`, but for a time-out, which is the caller's."""
        try:
            yield
        except OSError as error:  # as pyusb's USBError is
            if isinstance(error, self._usb.core.USBTimeoutError):
                raise
            raise self._meant(error) from error

    def _meant(self, error: OSError) -> DeviceError:
        if error.errno in _NOT_ALLOWED:
            return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{self._name}: not allowed (udev rule)")
        if error.errno == errno.EBUSY:
            return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{self._name} is held by another program")
        return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{self._name}: {error.strerror or error}")


def _library() -> Any:  # noqa: ANN401 - pyusb has no types
    try:
        for part in ("usb.core", "usb.util"):
            import_module(part)
        return import_module("usb")
    except ImportError as error:
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, "pyusb is not installed") from error


def _parts(url: str) -> tuple[int, int, str | None, bool]:
    match _URL.fullmatch(url):
        case None:
            raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{url}: not usb://vvvv:pppp or usb://vvvv:pppp/serial")
        case found:
            return int(found[1], 16), int(found[2], 16), found[3], bool(found[4])


def _interface(device: Any, url: str) -> Any:  # noqa: ANN401 - pyusb has no types
    """The printer interface that can talk and listen, in the configuration that is set, or in the first one."""
    try:
        configuration = device.get_active_configuration()
    except OSError as error:
        if error.errno is not None:
            raise
        device.set_configuration()  # pyusb says so, without a number, of a device that is not configured yet
        configuration = device.get_active_configuration()
    for interface in configuration:
        if interface.bInterfaceClass == _PRINTER and None not in _endpoints(interface):
            return interface
    raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{url}: no printer interface with both directions")


def _endpoints(interface: Any) -> tuple[Any, Any]:  # noqa: ANN401 - the same
    """To the device, and from it; None where there is none."""
    bulk = [endpoint for endpoint in interface if endpoint.bmAttributes & _KIND == _BULK]
    out = next((endpoint for endpoint in bulk if not endpoint.bEndpointAddress & _IN), None)
    return out, next((endpoint for endpoint in bulk if endpoint.bEndpointAddress & _IN), None)


def _node(device: Any) -> Path | None:  # noqa: ANN401 - the same
    """The device's file, which goes when the plug is pulled; None where it cannot be told."""
    if device.bus is None or device.address is None:
        return None
    node = Path(f"/dev/bus/usb/{device.bus:03}/{device.address:03}")
    return node if node.exists() else None


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))  # libusb takes 0 for without end
