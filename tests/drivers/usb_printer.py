"""A USB printer one level below the driver: a backend of pyusb, with the bench's printer firmware behind its bulk endpoints."""

import errno
import threading
import time
from collections import deque
from types import SimpleNamespace

from usb.backend import IBackend
from usb.core import USBError, USBTimeoutError

from drivers.bench import receipt_printer
from drivers.bench.receipt_printer import Printer
from drivers.bench.state import State

MAKER, PRODUCT, SERIAL = 0x04B8, 0x0202, "SN99"
OUT, IN = 0x01, 0x82
PACKET = 64
_BUFFER = 4096


def endpoint(address, kind=2):
    return SimpleNamespace(bLength=7, bDescriptorType=5, bEndpointAddress=address, bmAttributes=kind, wMaxPacketSize=PACKET, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=b"")


def interface(number, kind, endpoints, alternate=0):
    return SimpleNamespace(
        bLength=9, bDescriptorType=4, bInterfaceNumber=number, bAlternateSetting=alternate, bNumEndpoints=len(endpoints), bInterfaceClass=kind, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=b"", endpoints=endpoints
    )


class Bus(IBackend):
    """One device on it, or none. `faults` are errors that the next transfers raise; `calls` is what was asked besides transfers."""

    def __init__(self, interfaces=None):
        self.interfaces = interfaces or [interface(0, 3, [endpoint(0x81, 3)]), interface(1, 7, [endpoint(OUT), endpoint(IN)])]
        self.plugged = True
        self.configured = True
        self.usblp = True
        self.busy = False
        self.denied = False
        self.takes = True
        self.faults = deque()
        self.calls = []
        self.sent = deque()
        self.heard = bytearray()
        self._new = threading.Condition()

    def enumerate_devices(self):
        return ["printer"] if self.plugged else []

    def get_device_descriptor(self, dev):
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=MAKER, idProduct=PRODUCT, bcdDevice=0x100,
            iManufacturer=1, iProduct=2, iSerialNumber=3, bNumConfigurations=1, address=None, bus=None, port_number=None, port_numbers=None, speed=None,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev, config):
        if config:
            raise IndexError
        return SimpleNamespace(bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=len(self.interfaces), bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=b"")

    def get_interface_descriptor(self, dev, intf, alt, config):
        same = [each for each in self.interfaces if each.bInterfaceNumber == sorted({each.bInterfaceNumber for each in self.interfaces})[intf]]
        return same[alt]

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        return self.get_interface_descriptor(dev, intf, alt, config).endpoints[ep]

    def open_device(self, dev):
        if self.denied:
            raise USBError("Access denied", -3, errno.EACCES)
        return "handle"

    def close_device(self, dev_handle):
        self.calls.append("close")

    def get_configuration(self, dev_handle):
        self._there()
        return int(self.configured)

    def set_configuration(self, dev_handle, config_value):
        self.configured = True
        self.calls.append("set_configuration")

    def set_interface_altsetting(self, dev_handle, intf, altsetting):
        self.calls.append(("alternate", intf, altsetting))

    def is_kernel_driver_active(self, dev_handle, intf):
        return self.usblp

    def detach_kernel_driver(self, dev_handle, intf):
        self.usblp = False
        self.calls.append("detach")

    def attach_kernel_driver(self, dev_handle, intf):
        self._there()
        self.usblp = True
        self.calls.append("attach")

    def claim_interface(self, dev_handle, intf):
        if self.busy or self.usblp:
            raise USBError("Resource busy", -6, errno.EBUSY)
        self.calls.append(("claim", intf))

    def release_interface(self, dev_handle, intf):
        self._there()
        self.calls.append(("release", intf))

    def reset_device(self, dev_handle):
        self.calls.append("reset")

    def clear_halt(self, dev_handle, ep):
        self.calls.append("clear_halt")

    def ctrl_transfer(self, dev_handle, request_type, request, value, index, data, timeout):
        """String descriptors: 0 says which languages there are, 3 is the serial number."""
        answer = b"\x04\x03\x09\x04" if value & 0xFF == 0 else bytes([2 + 2 * len(SERIAL), 3]) + SERIAL.encode("utf-16-le")
        answer = answer[: len(data)]
        data[: len(answer)] = type(data)("B", answer)
        return len(answer)

    def bulk_write(self, dev_handle, ep, intf, data, timeout):
        self._transfer()
        assert ep == OUT
        with self._new:
            if not self._new.wait_for(lambda: not self.plugged or (self.takes and len(self.heard) < _BUFFER), timeout / 1000):
                raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
            self._there()
            taken = bytes(data)[: _BUFFER - len(self.heard)]
            self.heard += taken
            self._new.notify_all()
            return len(taken)

    def bulk_read(self, dev_handle, ep, intf, buff, timeout):
        self._transfer()
        assert ep == IN
        assert timeout > 0, "0 waits without end"
        with self._new:
            if not self._new.wait_for(lambda: not self.plugged or self.sent, timeout / 1000):
                raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
            self._there()
            data = self.sent.popleft()[: len(buff)]
            buff[: len(data)] = type(buff)("B", data)
            return len(data)

    def unplug(self):
        with self._new:
            self.plugged = False
            self._new.notify_all()

    # The printer's side: what `receipt_printer.live` needs of a host.

    def read(self, seconds):
        with self._new:
            self._new.wait_for(lambda: self.heard, seconds)
            data = bytes(self.heard[:PACKET])
            del self.heard[: len(data)]
            self._new.notify_all()
            return data

    def write(self, data):
        with self._new:
            self.sent.append(data)
            self._new.notify_all()

    def wait(self, seconds):
        time.sleep(seconds)

    def _transfer(self):
        self._there()
        if self.faults:
            raise self.faults.popleft()

    def _there(self):
        if not self.plugged:
            raise USBError("No such device (it may have been disconnected)", -4, errno.ENODEV)


class Firmware:
    """The bench's printer on this bus, in a thread of its own."""

    def __init__(self, bus, folder):
        self.folder = folder
        self.state = State(folder)
        self.state.begin({**receipt_printer.DEFAULTS, "speed_mm_s": 2000})
        self._bus = bus
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="usb-printer")

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        self._thread.join()

    def _live(self):
        printer = Printer(self._bus, self.state, self.folder)
        while not self._over.is_set():
            printer.receive(self._bus.read(0.002) if printer.room else b"")
            printer.look()
            printer.work()
