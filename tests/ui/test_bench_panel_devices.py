"""The bench panel, touched as a developer would, on real bench devices: cards, faults, plugs, codes."""

import itertools
import os
import threading

import serial
from bench_hands import PATIENCE
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from drivers.bench.people import PEOPLE
from ui.stand import Stand


def lies(stand: Stand) -> str | None:
    card: str | None = stand.devices["id_reader"].get()["card"]
    return card


TOGGLES = (
    ("id_reader:leaves", "id_reader", "leaves_at", "read", ""),
    ("id_reader:wrong-check-digit", "id_reader", "wrong_check_digit", True, False),
    ("id_reader:slow", "id_reader", "read_ms", 3000, 0),
    ("id_reader:silent", "id_reader", "silent", True, False),
    ("receipt_printer:middle", "receipt_printer", "paper_after_lines", 3, None),
    ("receipt_printer:cover-middle", "receipt_printer", "cover_after_lines", 3, None),
    ("receipt_printer:cover", "receipt_printer", "cover", "open", "closed"),
    ("receipt_printer:jam", "receipt_printer", "jam", "cutter", ""),
    ("receipt_printer:hot", "receipt_printer", "hot", True, False),
    ("receipt_printer:silent", "receipt_printer", "silent", True, False),
)


def test_card_is_laid_marked_and_taken_away(stand, finger):
    finger.touch("show:id_reader")
    for key in ("jia", "elder"):
        finger.touch(f"card:id_reader:{key}")
        finger.until(lambda: finger.marked(f"card:id_reader:{key}"))  # noqa: B023 - waited for at once
        assert lies(stand) == key
        assert [one.key for one in PEOPLE if finger.marked(f"card:id_reader:{one.key}")] == [key]
    finger.touch("card:id_reader:elder")
    finger.until(lambda: not finger.marked("card:id_reader:elder"))
    assert lies(stand) is None
    finger.touch("card:id_reader:jia")
    finger.until(lambda: lies(stand) == "jia")
    finger.touch("card:id_reader:none")
    finger.until(lambda: lies(stand) is None)


def test_toggles_change_the_device_there_and_back(stand, finger):
    for button, role, key, on, off in TOGGLES:
        finger.touch(f"show:{role}")
        assert stand.devices[role].get()[key] == off
        for value in (on, off):
            finger.touch(button)
            finger.until(lambda: finger.marked(button) == (value == on))  # noqa: B023 - waited for at once
            assert stand.devices[role].get()[key] == value


def test_paper_is_full_low_or_out(stand, finger):
    finger.touch("show:receipt_printer")
    assert finger.marked("receipt_printer:paper-full")
    for level in ("low", "out", "full"):
        finger.touch(f"receipt_printer:paper-{level}")
        finger.until(lambda: finger.marked(f"receipt_printer:paper-{level}"))  # noqa: B023 - waited for at once
        assert stand.devices["receipt_printer"].get()["paper"] == level


def test_unplugged_device_is_gone_and_comes_back(stand, finger):
    for role, device in stand.devices.items():
        finger.touch(f"show:{role}")
        finger.touch(f"plug:{role}")
        finger.until(lambda: finger.item(f"plug:{role}").property("label") == "Plug in")  # noqa: B023 - waited for at once
        assert not device.plugged
        assert not os.path.lexists(device.port)
        finger.touch(f"plug:{role}")
        finger.until(lambda: finger.item(f"plug:{role}").property("label") == "Unplug")  # noqa: B023
        assert device.plugged


def test_device_that_dies_by_itself_is_seen(stand, finger):
    stand.devices["scanner"].set(unplugged=True)
    finger.until(lambda: finger.item("plug:scanner").property("label") == "Plug in")


def test_device_that_does_not_start_is_told_and_not_raised(stand, finger, monkeypatch):
    finger.touch("show:scanner")
    finger.touch("plug:scanner")
    finger.until(lambda: finger.item("plug:scanner").property("label") == "Plug in")
    with monkeypatch.context() as no_such_model:
        no_such_model.setattr(stand.devices["scanner"], "model", "teleporter")
        finger.touch("plug:scanner")
        finger.hears("Failed", "teleporter did not start")
    assert finger.item("plug:scanner").property("label") == "Plug in"
    finger.touch("plug:scanner")
    finger.hears("scanner plugged in")


def test_window_lives_while_a_device_starts(stand, finger, monkeypatch):
    finger.touch("show:scanner")
    goes_on = threading.Event()
    monkeypatch.setattr(stand.devices["scanner"], "unplug", goes_on.wait)
    finger.touch("plug:scanner")
    try:
        beats = itertools.count()
        timer = QTimer(interval=10)
        timer.timeout.connect(lambda: next(beats))
        timer.start()
        finger.until(lambda: finger.said.startswith("… scanner") and next(beats) > 10)
        timer.stop()
    finally:
        goes_on.set()
    finger.hears("scanner unplugged")


def test_code_is_typed_and_scanned(stand, finger):
    finger.touch("show:scanner")
    with serial.Serial(stand.devices["scanner"].port, 115200, timeout=PATIENCE / 1000) as host:
        assert not finger.item("scan:scanner").isEnabled()
        finger.touch("code:scanner")
        for character in "LCZC1:abc":
            QTest.keyClick(finger.panel.window, character)
        finger.touch("scan:scanner")
        assert host.read_until(b"\r") == b"LCZC1:abc\r"
        finger.touch("code:scanner")
        QTest.keyClick(finger.panel.window, "\r")
        assert host.read_until(b"\r") == b"LCZC1:abc\r"


def test_codes_that_are_none_of_ours_and_that_of_a_case_are_scanned(stand, finger):
    finger.touch("show:scanner")
    with serial.Serial(stand.devices["scanner"].port, 921600, timeout=PATIENCE / 1000) as host:
        for which, seen in (
            ("web", b"https://lucheng.example/x\r"),
            ("long", b"7" * 10_000 + b"\r"),
            ("binary", bytes(range(128, 256)) + b"\r"),
            ("forged", b"LCZC1:' OR 1=1; --\r"),
            ("case", stand.slip_code("990000000001").encode() + b"\r"),
        ):
            finger.touch(f"hold:scanner:{which}")
            assert host.read_until(b"\r") == seen
            finger.hears(which)
