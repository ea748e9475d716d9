"""The bench panel's papers: pictures of what the printer printed, and the codes on them."""

from collections.abc import Callable

import serial
from bench_hands import PATIENCE, newest, prints
from PySide6.QtGui import QColor

CODE = b"LCZC1:abcdefghijklmnopqrstuv"
CUT = b"\x1dVB\x00"


def qr(code: bytes) -> bytes:
    store = b"\x1d(k" + (len(code) + 3).to_bytes(2, "little") + b"1P0" + code
    return b"\x1d(k\x03\x001C\x06" + b"\x1d(k\x03\x001E1" + store + b"\x1d(k\x03\x001Q0"


def test_without_a_code_on_any_paper_none_can_be_scanned(stand, finger, monkeypatch, tmp_path):
    monkeypatch.setattr(finger.panel.world._sight.pile, "folder", tmp_path)
    finger.touch("hold:scanner:last", of="scanner")
    finger.hears("Failed", "no paper with a QR code")


def test_code_of_the_newest_paper_that_has_one_is_scanned(stand, finger):
    there = newest(stand)
    prints(stand, qr(CODE) + b"\n" + CUT + b"without\n" + CUT)
    finger.until(lambda: f"/{there + 2}-" in finger.picture)
    with serial.Serial(stand.devices["scanner"].port, 115200, timeout=PATIENCE / 1000) as host:
        finger.touch("hold:scanner:last", of="scanner")
        assert host.read_until(b"\r") == CODE + b"\r"


def test_newest_paper_appears_as_a_picture_and_is_torn_off(stand, finger):
    assert finger.picture == ""
    assert not finger.item("paper:tear").isEnabled()
    prints(stand, b"MMMMMMMMMMMMMMMMMMMMMMMM\n" * 8 + CUT)
    finger.until(lambda: finger.item("paper:befell").property("text") == "cut off")
    picture = finger.item("paper:picture")
    shown = picture.mapRectToScene(picture.boundingRect()).toRect()
    assert shown.width() > 400
    grabbed = finger.panel.window.grabWindow().copy(shown)
    tones = [QColor(grabbed.pixel(x, y)).lightness() for x in range(0, grabbed.width(), 2) for y in range(0, grabbed.height(), 2)]
    assert sum(tone < 90 for tone in tones) > 200, "no ink"
    assert sum(tone > 240 for tone in tones) > 5_000, "no paper"
    finger.touch("paper:tear")
    finger.until(lambda: finger.picture == "")
    assert not finger.item("paper:tear").isEnabled()


def test_paper_that_grows_is_drawn_again_and_a_spoiled_one_says_why(stand, finger):
    prints(stand, b"first\n")
    finger.until(lambda: finger.item("paper:befell").property("text") == "not cut off")
    before = finger.picture
    finger.touch("receipt_printer:cover", of="receipt_printer")
    finger.until(lambda: finger.item("paper:befell").property("text") == "spoiled: coverOpen")
    assert finger.picture != before
    stand.devices["receipt_printer"].unplug()  # or what is printed next would come below it


def test_earlier_papers_can_be_leafed_through(stand, finger):
    def at(number: int) -> Callable[[], bool]:
        return lambda: finger.picture.startswith(f"image://paper/{there + number}-")

    there = newest(stand)
    for number in (1, 2, 3):
        prints(stand, b"paper\n" + CUT)
        finger.until(at(number))
    assert not finger.item("paper:later").isEnabled()
    for number in (2, 1):
        finger.touch("paper:earlier")
        finger.until(at(number))
    assert not finger.item("paper:tear").isEnabled()
    for number in (2, 3):
        finger.touch("paper:later")
        finger.until(at(number))
    finger.touch("paper:tear")
    finger.until(lambda: finger.picture == "")
    finger.touch("paper:earlier")
    finger.until(at(3))
    finger.touch("paper:later")
    finger.until(lambda: finger.picture == "")


def test_papers_of_an_earlier_run_do_not_hang_in_the_slot(stand, finger, open_panel):
    prints(stand, b"paper\n" + CUT)
    finger.until(lambda: finger.picture)
    later = open_panel(stand)
    later.until(lambda: later.item("paper:earlier").isEnabled())
    assert later.picture == ""
    later.touch("paper:earlier")
    later.until(lambda: later.picture)
