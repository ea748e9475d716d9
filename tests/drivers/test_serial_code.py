"""The serial code scanner on the bench."""

import os
import threading
import tty

import pytest

from drivers.bench.handle import Bench
from drivers.contract import CodeRejected, CodeScanned, DeviceState, ReadCard, Reset
from drivers.errors import Reason
from drivers.registry import DriverConfigError

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


@pytest.fixture
def board(bench):
    return bench("code_scanner")


@pytest.fixture
def make(board, device, ear):
    def start(**settings):
        scanner = device("scanners.serial_code", "scanner", port=board.port, **settings)
        scanner.start(ear)
        ear.state(ONLINE)
        return scanner

    return start


def codes(ear):
    return [event.text if isinstance(event, CodeScanned) else event.reason for event in ear.events if isinstance(event, CodeScanned | CodeRejected)]


def scanned(ear, *expected):
    ear.until(lambda: len(codes(ear)) >= len(expected), f"codes {expected}")
    assert codes(ear) == list(expected)


@pytest.mark.parametrize("suffix", ["\r", "\n", "\r\n"])
def test_codes_with_a_suffix(make, board, ear, suffix):
    board.set(suffix=suffix)
    make(suffix=suffix)
    board.scan("A005")
    scanned(ear, "A005")
    board.scan("测试·𠮷 https://x.invalid/q?t=1")
    scanned(ear, "A005", "测试·𠮷 https://x.invalid/q?t=1")


def test_codes_without_a_suffix_end_at_a_gap(make, board, ear):
    board.set(suffix="")
    make(suffix="", gap_ms=500)
    for number, code in enumerate(("A005", "B006"), start=1):
        board.scan(code)
        ear.until(lambda number=number: len(codes(ear)) == number, code)
    assert codes(ear) == ["A005", "B006"]


def test_code_in_gb18030(make, board, ear):
    make()
    board.scan("测试服务".encode("gb18030"))
    scanned(ear, "测试服务")


def test_code_that_is_too_long_is_rejected_once_and_the_next_is_read(make, board, ear):
    make(baud=115200, gap_ms=500)
    board.scan("x" * 3000)
    scanned(ear, "tooLong")
    # Codes that come before the line has been quiet belong to the burst; a person tries again.
    while len(codes(ear)) == 1:
        board.scan("A005")
        threading.Event().wait(0.7)
    assert set(codes(ear)) == {"tooLong", "A005"}
    assert codes(ear)[0] == "tooLong"
    assert codes(ear).count("tooLong") == 1


def test_code_with_control_characters_is_rejected(make, board, ear):
    make()
    board.scan(b"\x1b[2Jboo")
    scanned(ear, "notText")


def test_half_a_code_is_not_joined_with_the_next(make, board, ear):
    make()
    board.set(half_frame=3, faulty=1)
    board.scan("HALFACODE")
    scanned(ear, "incomplete")
    board.scan("WHOLE")
    scanned(ear, "incomplete", "WHOLE")


def test_what_was_scanned_while_nobody_listened_is_dropped(device, ear, stack):
    master, slave = os.openpty()
    stack.callback(os.close, master)
    stack.callback(os.close, slave)
    tty.setraw(slave)
    os.write(master, b"EARLY\r")
    scanner = device("scanners.serial_code", "scanner", port=os.ttyname(slave))
    stack.callback(scanner.stop)
    scanner.start(ear)
    ear.state(ONLINE)
    os.write(master, b"NOW\r")
    scanned(ear, "NOW")


def test_unplugged_in_the_middle_of_a_code(make, board, ear):
    make(baud=1200)
    board.scan("x" * 300)
    board.unplug()
    ear.state(ONLINE, POWER_OFF)
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    board.scan("A005")
    scanned(ear, "A005")


def test_reset_forgets_what_has_begun(make, ear):
    scanner = make()
    scanner.do(Reset(role="scanner", id="r"))
    ear.answer("r")
    scanner.do(ReadCard(role="scanner", id="u"))
    assert ear.answer("u").error.reason is Reason.UNSUPPORTED


def test_a_code_is_never_shown(make, board, ear, caplog):
    caplog.set_level(0)
    make()
    board.scan("SECRETCODE")
    scanned(ear, "SECRETCODE")
    assert "SECRETCODE" not in caplog.text + repr(ear.events)


def test_a_suffix_that_is_none_of_the_four_is_a_wrong_setting(device, board: Bench):
    with pytest.raises(DriverConfigError, match="suffix"):
        device("scanners.serial_code", port=board.port, suffix="\t")
