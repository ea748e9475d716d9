"""The line to a USB printer, with pyusb as it is and a made-up device on the bus below it. No real device was ever there."""

import errno
import sys
import threading
import time
from functools import partial

import pytest
import usb.core
from hypothesis import given, settings
from hypothesis import strategies as st
from receipts import LONG, order, papers, whole
from usb.core import USBError
from usb_printer import IN, MAKER, OUT, PRODUCT, SERIAL, Bus, Firmware, endpoint, interface

from drivers import usb_line
from drivers.context import Context
from drivers.contract import DeviceState, Printed
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker
from drivers.printers.escpos import EscposPrinter, Settings
from drivers.runner import Runner
from drivers.transport import SerialSettings, serial_line
from drivers.usb_line import UsbLine

URL = f"usb://{MAKER:04x}:{PRODUCT:04x}"
ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


@pytest.fixture
def waker():
    made = Waker()
    yield made
    made.close()


@pytest.fixture
def bus():
    return Bus()


@pytest.fixture
def opened(bus, waker):
    with UsbLine(URL, waker, bus) as line:
        yield line


def soon():
    return time.monotonic() + 5


def error_of(action):
    with pytest.raises(DeviceError) as caught:
        action()
    return caught.value


def test_every_usb_url_gets_this_line():
    assert serial_line(SerialSettings(port=URL)).func is UsbLine


def test_bytes_go_both_ways(bus, opened):
    bus.write(b"abc")
    assert opened.read(soon()) == b"abc"
    assert opened.write(b"x" * 100, soon()) == 100
    assert bus.heard == b"x" * 100
    bus.write(b"late ")
    bus.write(b"answer")
    assert opened.drain() == b"late answer"
    assert opened.drain() == b""


def test_the_printer_interface_is_taken_from_the_kernel_s_driver_and_given_back(bus, waker):
    line = UsbLine(URL, waker, bus)
    assert bus.calls == ["detach", ("claim", 1)]
    line.close()
    assert bus.calls[2:] == [("release", 1), "attach", "close"]
    line.close()


def test_a_device_that_no_kernel_driver_has_gets_none(bus, waker):
    bus.usblp = False
    UsbLine(URL, waker, bus).close()
    assert "attach" not in bus.calls


def test_a_device_is_configured_only_where_it_is_not_yet(bus, waker):
    bus.configured = False
    UsbLine(URL, waker, bus).close()
    assert "set_configuration" in bus.calls
    bus.calls.clear()
    UsbLine(URL, waker, bus).close()
    assert "set_configuration" not in bus.calls


@pytest.mark.parametrize(("url", "resets"), [(URL, 0), (URL + "?reset", 1)])
def test_a_device_is_reset_only_when_asked(bus, waker, url, resets):
    UsbLine(url, waker, bus).close()
    assert bus.calls.count("reset") == resets


@pytest.mark.parametrize("url", [f"{URL}/{SERIAL}", f"{URL.upper().replace('USB', 'usb')}/{SERIAL}?reset"])
def test_one_of_several_is_found_by_its_serial_number(bus, waker, url):
    UsbLine(url, waker, bus).close()


def test_another_setting_of_the_interface_is_chosen_where_only_that_one_can_listen(waker):
    bus = Bus([interface(0, 7, [endpoint(OUT)]), interface(0, 7, [endpoint(OUT), endpoint(IN)], alternate=1)])
    UsbLine(URL, waker, bus).close()
    assert ("alternate", 0, 1) in bus.calls


@pytest.mark.parametrize(
    ("change", "url", "reason"),
    [
        ({"plugged": False}, URL, Reason.UNPLUGGED),
        ({}, "usb://04b8:9999", Reason.UNPLUGGED),
        ({}, URL + "/OTHER", Reason.UNPLUGGED),
        ({"busy": True}, URL, Reason.NOT_CONFIGURED),
        ({"denied": True}, URL, Reason.NOT_CONFIGURED),
        ({"denied": True}, f"{URL}/{SERIAL}", Reason.NOT_CONFIGURED),
        ({"interfaces": [interface(0, 3, [endpoint(OUT), endpoint(IN)])]}, URL, Reason.NOT_CONFIGURED),
        ({"interfaces": [interface(0, 7, [endpoint(OUT)])]}, URL, Reason.NOT_CONFIGURED),
        ({}, "usb://", Reason.NOT_CONFIGURED),
        ({}, "usb://4b8:202", Reason.NOT_CONFIGURED),
        ({}, URL + "/a/b", Reason.NOT_CONFIGURED),
        ({}, URL + "/?reset", Reason.NOT_CONFIGURED),
    ],
)
def test_what_cannot_be_opened(bus, waker, change, url, reason):
    for name, value in change.items():
        setattr(bus, name, value)
    for _ in range(2):  # nothing is left claimed by the first try
        error = error_of(lambda: UsbLine(url, waker, bus))
        assert error.reason is reason
        assert "held by another program" not in error.detail or change == {"busy": True}


def test_no_libusb_is_a_wrong_configuration_and_says_so(waker, monkeypatch):
    for backend in ("libusb1", "libusb0", "openusb"):
        __import__(f"usb.backend.{backend}")
        monkeypatch.setattr(sys.modules[f"usb.backend.{backend}"], "get_backend", lambda: None)
    error = error_of(lambda: UsbLine(URL, waker))
    assert (error.reason, error.action, error.detail) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION, "libusb is not installed")


def test_no_pyusb_is_a_wrong_configuration_and_says_so(waker, monkeypatch):
    monkeypatch.setitem(sys.modules, "usb.core", None)
    error = error_of(lambda: UsbLine(URL, waker))
    assert (error.reason, error.detail) == (Reason.NOT_CONFIGURED, "pyusb is not installed")


def test_one_owner_only(bus, waker, opened):
    error = error_of(lambda: UsbLine(URL.upper().replace("USB", "usb") + "?reset", waker, bus))
    assert (error.reason, error.action) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION)


def test_nothing_to_read_is_no_error(bus, opened):
    assert opened.read(time.monotonic() + 0.05) == b""
    bus.write(b"")  # a packet of length zero
    assert opened.read(time.monotonic() + 0.05) == b""


def test_a_printer_that_takes_no_bytes_takes_none_after_the_deadline(bus, opened):
    bus.takes = False
    assert opened.write(b"x" * 100, time.monotonic() + 0.05) == 0


def test_a_part_of_the_bytes_is_told_as_a_part(bus, opened):
    assert opened.write(b"x" * 4096, soon()) == 4096
    bus.read(0)
    assert opened.write(b"y" * 4096, soon()) == 64


@pytest.mark.parametrize("way", ["read", "rest", "write"])
def test_a_waker_ends_every_way_of_waiting(bus, opened, waker, way):
    timer = threading.Timer(0.1, waker.set)
    timer.start()
    bus.takes = False
    deadline = time.monotonic() + 1000
    match way:
        case "read":
            assert opened.read(deadline) == b""
        case "rest":
            opened.rest(deadline)
        case "write":
            assert opened.write(b"x", deadline) == 0
    timer.join()


@pytest.mark.parametrize("error", [USBError("gone", -4, errno.ENODEV), USBError("io", -1, errno.EIO), USBError("stall", -9, errno.EPIPE), USBError("overflow", -8, errno.EOVERFLOW), USBError("what", -99, None)])
def test_every_failed_transfer_is_a_line_that_broke(bus, opened, error):
    for wait in (lambda: opened.read(soon()), lambda: opened.write(b"x", soon()), opened.drain):
        bus.faults.append(error)
        caught = error_of(wait)
        assert (caught.reason, caught.action) == (Reason.UNPLUGGED, Action.CLEAR)


def test_a_pulled_plug_is_noticed_in_the_middle_of_a_wait(bus, waker):
    line = UsbLine(URL, waker, bus)
    timer = threading.Timer(0.05, bus.unplug)
    timer.start()
    assert error_of(lambda: line.read(soon())).reason is Reason.UNPLUGGED
    timer.join()
    line.close()


def test_a_pulled_plug_is_noticed_while_nothing_is_read(bus, waker, tmp_path, monkeypatch):
    monkeypatch.setattr(usb_line, "_node", lambda device: tmp_path / "001")
    (tmp_path / "001").touch()
    with UsbLine(URL, waker, bus) as line:
        line.rest(time.monotonic() + 0.01)
        (tmp_path / "001").unlink()
        assert error_of(lambda: line.rest(soon())).reason is Reason.UNPLUGGED


def test_drain_is_bounded(bus, opened):
    for _ in range(40):
        bus.write(b"x" * 4096)
    assert len(opened.drain()) == 65536


@pytest.fixture
def printer(stack, tmp_path):
    """The driver of the receipt printer on the made-up bus, and that bus with the bench's firmware on it."""
    bus = Bus()
    board = stack.enter_context(Firmware(bus, tmp_path))
    made_settings = Settings(port=URL, health_ms=200, answer_ms=300, speed_mm_s=2000)
    made = Runner(Context(role="printer"), EscposPrinter(made_settings), partial(UsbLine, URL, backend=bus))
    stack.callback(made.stop)
    return made, bus, board


def test_a_ticket_is_printed_over_usb(printer, ear):
    made, _, board = printer
    made.start(ear)
    ear.state(ONLINE)
    assert made.status.identity["model"] == "TP-80 BENCH"
    order(made)
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(board)) == 1


def test_the_plug_is_pulled_while_it_prints_over_usb(printer, ear):
    made, bus, board = printer
    board.state.set(speed_mm_s=50)
    made.start(ear)
    ear.state(ONLINE)
    order(made, LONG)
    ear.until(lambda: papers(board), "first row")
    bus.unplug()
    assert ear.answer("p").error.reason is Reason.UNPLUGGED
    board.state.set(speed_mm_s=2000)
    bus.plugged = True
    ear.state(ONLINE, POWER_OFF, ONLINE)
    order(made, command_id="q")
    assert isinstance(ear.answer("q"), Printed)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=30) | st.from_regex(r"usb://[0-9a-fA-F:/?rest]{0,20}", fullmatch=True))
def test_any_url_opens_or_is_a_device_error(url):
    waker, reason = Waker(), Reason.UNPLUGGED
    try:
        UsbLine(url, waker, Bus()).close()
    except DeviceError as error:
        reason = error.reason
    waker.close()
    assert reason in {Reason.NOT_CONFIGURED, Reason.UNPLUGGED}


def test_pyusb_is_what_it_is_taken_for():
    """A time-out that moved some bytes is told by their number, one that moved none by its own error (pyusb 1.3)."""
    assert issubclass(usb.core.USBTimeoutError, usb.core.USBError)
    assert issubclass(usb.core.USBError, OSError)
    assert issubclass(usb.core.NoBackendError, ValueError)
