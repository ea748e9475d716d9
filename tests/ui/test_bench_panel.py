"""The bench panel, touched as a developer would, on real bench devices and a real office."""

import gc
import itertools
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import serial
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer
from PySide6.QtGui import QColor, QCursor, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from drivers.bench.people import PEOPLE
from drivers.bench.state import COMMON
from drivers.contract import DeviceState, Level, Part, Status
from drivers.errors import Action, DeviceError, Reason
from kiosk import assembly
from kiosk.office.tables import counters, tickets
from ui.app import QML
from ui.bench_panel import BenchPanel
from ui.bench_papers import numbers
from ui.stand import Clock, Stand, working_morning

PATIENCE = 20_000  # ms: only ever waited for when something is wrong
SIZE = (900, 1000)
CODE = b"LCZC1:abcdefghijklmnopqrstuv"
CUT = b"\x1dVB\x00"
BENCH_QML = QML / "Bench"


def qr(code: bytes) -> bytes:
    store = b"\x1d(k" + (len(code) + 3).to_bytes(2, "little") + b"1P0" + code
    return b"\x1d(k\x03\x001C\x06" + b"\x1d(k\x03\x001E1" + store + b"\x1d(k\x03\x001Q0"


def delete_later_now() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Finger:
    """Somebody at the panel."""

    def __init__(self, panel: BenchPanel, qtbot: QtBot, device: Any) -> None:
        self.panel, self._qtbot, self._device = panel, qtbot, device
        panel.window.resize(*SIZE)
        self.until(lambda: panel.window.contentItem().height() == SIZE[1])

    def until(self, so: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(so()), timeout=PATIENCE)

    def items(self) -> Iterator[QQuickItem]:
        waiting = [self.panel.window.contentItem()]
        while waiting:
            item = waiting.pop()
            yield item
            waiting += item.childItems()

    def item(self, name: str) -> QQuickItem:
        (found,) = [item for item in self.items() if item.objectName() == name]
        return found

    def marked(self, name: str) -> bool:
        return bool(self.item(name).property("marked"))

    def place(self, name: str) -> QPoint:
        item = self.item(name)
        place = item.mapToScene(item.boundingRect().center()).toPoint()
        assert self.panel.window.contentItem().contains(place), f"{name} is off the window"
        return place

    def touch(self, name: str) -> None:
        self.until(lambda: self.item(name).isVisible() and self.item(name).isEnabled())
        place = self.place(name)
        QTest.touchEvent(self.panel.window, self._device).press(0, place).commit()
        QTest.touchEvent(self.panel.window, self._device).release(0, place).commit()

    @property
    def said(self) -> str:
        return str(self.item("said").property("text"))

    def hears(self, *words: str) -> None:
        """Wait until the status line says all of these."""
        self.until(lambda: all(word in self.said for word in words) and not self.said.startswith("…"))

    @property
    def picture(self) -> str:
        return str(self.item("paper:picture").property("source").toString())


@pytest.fixture(scope="session")
def touchscreen(qapp):
    return QTest.createTouchDevice()


def new_stand(folder: Path) -> Stand:
    settings = assembly.load_settings(Path("config"), assembly.catalogue())
    return Stand(folder, settings, Clock(working_morning(datetime.now(UTC))))


@pytest.fixture(scope="module")
def one_stand(tmp_path_factory) -> Iterator[Stand]:
    with new_stand(tmp_path_factory.mktemp("stand")) as stand:
        yield stand


@pytest.fixture
def stand(one_stand) -> Stand:
    """As it was at first, but for the papers printed on it and the tickets taken."""
    for device in one_stand.devices.values():
        device.plug()
        at_first = {**COMMON, **import_module(f"drivers.bench.{device.model}").DEFAULTS}
        device.set(**{key: value for key, value in at_first.items() if key != "scan"})
    return one_stand


@pytest.fixture
def open_panel(qapp, qtbot, touchscreen) -> Iterator[Callable[..., Finger]]:
    panels: list[BenchPanel] = []

    def open_on(*args: Any) -> Finger:
        panels.append(BenchPanel(*args))
        return Finger(panels[-1], qtbot, touchscreen)

    yield open_on
    for panel in panels:
        panel.close()
    delete_later_now()


@pytest.fixture
def finger(stand, open_panel) -> Finger:
    return open_panel(stand)


def lies(stand: Stand) -> str | None:
    card: str | None = stand.devices["id_reader"].get()["card"]
    return card


def newest(stand: Stand) -> int:
    return max(numbers(stand.devices["receipt_printer"].folder / "papers"), default=0)


def prints(stand: Stand, data: bytes) -> None:
    with serial.Serial(stand.devices["receipt_printer"].port, 115200) as host:
        host.write(b"\x1b@" + data)
        host.flush()


def test_card_is_laid_marked_and_taken_away(stand, finger):
    for key in ("jia", "elder"):
        finger.touch(f"card:{key}")
        finger.until(lambda: finger.marked(f"card:{key}"))  # noqa: B023 - waited for at once
        assert lies(stand) == key
        assert [one.key for one in PEOPLE if finger.marked(f"card:{one.key}")] == [key]
    finger.touch("card:elder")
    finger.until(lambda: not finger.marked("card:elder"))
    assert lies(stand) is None
    finger.touch("card:jia")
    finger.until(lambda: lies(stand) == "jia")
    finger.touch("card:none")
    finger.until(lambda: lies(stand) is None)


TOGGLES = (
    ("reader:leaves", "id_reader", "leaves_at", "read", ""),
    ("reader:wrong", "id_reader", "wrong_check_digit", True, False),
    ("reader:slow", "id_reader", "read_ms", 3000, 0),
    ("reader:silent", "id_reader", "silent", True, False),
    ("printer:middle", "receipt_printer", "paper_after_lines", 3, None),
    ("printer:cover-middle", "receipt_printer", "cover_after_lines", 3, None),
    ("printer:cover", "receipt_printer", "cover", "open", "closed"),
    ("printer:jam", "receipt_printer", "jam", "cutter", ""),
    ("printer:hot", "receipt_printer", "hot", True, False),
    ("printer:silent", "receipt_printer", "silent", True, False),
)


def test_toggles_change_the_device_there_and_back(stand, finger):
    for button, role, key, on, off in TOGGLES:
        assert stand.devices[role].get()[key] == off
        for value in (on, off):
            finger.touch(button)
            finger.until(lambda: finger.marked(button) == (value == on))  # noqa: B023 - waited for at once
            assert stand.devices[role].get()[key] == value


def test_paper_is_full_low_or_out(stand, finger):
    assert finger.marked("paper:full")
    for level in ("low", "out", "full"):
        finger.touch(f"paper:{level}")
        finger.until(lambda: finger.marked(f"paper:{level}"))  # noqa: B023 - waited for at once
        assert stand.devices["receipt_printer"].get()["paper"] == level


def test_unplugged_device_is_gone_and_comes_back(stand, finger):
    for role, device in stand.devices.items():
        finger.touch(f"plug:{role}")
        finger.until(lambda: finger.item(f"plug:{role}").property("label") == "Plug in")  # noqa: B023 - waited for at once
        assert not device.plugged
        assert not Path(device.port).exists()
        finger.touch(f"plug:{role}")
        finger.until(lambda: finger.item(f"plug:{role}").property("label") == "Unplug")  # noqa: B023
        assert device.plugged
        assert Path(device.port).exists()


def test_device_that_dies_by_itself_is_seen(stand, finger):
    stand.devices["scanner"].set(unplugged=True)
    finger.until(lambda: finger.item("plug:scanner").property("label") == "Plug in")


def test_device_that_does_not_start_is_told_and_not_raised(stand, finger, monkeypatch):
    finger.touch("plug:scanner")
    finger.until(lambda: finger.item("plug:scanner").property("label") == "Plug in")
    with monkeypatch.context() as no_python:
        no_python.setattr(sys, "executable", "/bin/false")
        finger.touch("plug:scanner")
        finger.hears("Failed", "code_scanner did not start")
    assert finger.item("plug:scanner").property("label") == "Plug in"
    finger.touch("plug:scanner")
    finger.hears("scanner plugged in")


def test_window_lives_while_a_device_starts(stand, finger, monkeypatch):
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
    with serial.Serial(stand.devices["scanner"].port, 115200, timeout=PATIENCE / 1000) as host:
        assert not finger.item("scan").isEnabled()
        finger.touch("code")
        for character in "LCZC1:abc":
            QTest.keyClick(finger.panel.window, character)
        finger.touch("scan")
        assert host.read_until(b"\r") == b"LCZC1:abc\r"
        finger.touch("code")
        QTest.keyClick(finger.panel.window, "\r")
        assert host.read_until(b"\r") == b"LCZC1:abc\r"


def test_codes_that_are_none_of_ours_and_that_of_a_case_are_scanned(stand, finger):
    with serial.Serial(stand.devices["scanner"].port, 921600, timeout=PATIENCE / 1000) as host:
        for which, seen in (
            ("web", b"https://lucheng.example/x\r"),
            ("long", b"7" * 10_000 + b"\r"),
            ("binary", bytes(range(128, 256)) + b"\r"),
            ("forged", b"LCZC1:' OR 1=1; --\r"),
            ("case", stand.slip_code("990000000001").encode() + b"\r"),
        ):
            finger.touch(f"hold:{which}")
            assert host.read_until(b"\r") == seen
            finger.hears(which)


def test_without_a_code_on_any_paper_none_can_be_scanned(stand, finger, monkeypatch, tmp_path):
    monkeypatch.setattr(finger.panel._world._sight.pile, "folder", tmp_path)
    finger.touch("hold:last")
    finger.hears("Failed", "no paper with a QR code")


def test_code_of_the_newest_paper_that_has_one_is_scanned(stand, finger):
    there = newest(stand)
    prints(stand, qr(CODE) + b"\n" + CUT + b"without\n" + CUT)
    finger.until(lambda: f"/{there + 2}-" in finger.picture)
    with serial.Serial(stand.devices["scanner"].port, 115200, timeout=PATIENCE / 1000) as host:
        finger.touch("hold:last")
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
    finger.touch("printer:cover")
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


def answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_office_is_stopped_and_started(tmp_path, open_panel):
    with new_stand(tmp_path) as stand:
        finger = open_panel(stand)
        stop_and_start_the_office(stand.settings.terminal.office.url, finger)
        finger.panel.close()


def stop_and_start_the_office(url: str, finger: Finger) -> None:
    finger.touch("office:runs")
    finger.hears("Office stopped")
    assert not answers(url)
    assert not finger.item("office:five").isEnabled()
    finger.touch("hold:case")
    finger.hears("Failed", "the office does not run")
    finger.touch("office:runs")
    finger.hears("Office started")
    assert answers(url)
    assert finger.item("office:five").isEnabled()


def test_counters_and_the_queue(stand, finger):
    def switched_on() -> int:
        with stand.office.database.read() as connection:
            return connection.execute(select(func.count()).where(counters.c.hall == "city", counters.c.switched_on)).scalar_one()

    def waiting() -> int:
        with stand.office.database.read() as connection:
            return connection.execute(select(func.count()).where(tickets.c.state == "waiting")).scalar_one()

    finger.touch("office:off")
    finger.hears("All counters off")
    assert switched_on() == 0
    finger.touch("office:on")
    finger.hears("All counters on")
    assert switched_on() > 5
    finger.touch("office:five")
    finger.hears("5 tickets taken for social")
    assert waiting() == 5
    finger.touch("office:nobody")
    finger.hears("Nobody waits")
    assert waiting() == 0


def test_what_the_terminal_sees_is_shown(stand, open_panel):
    seen = {"receipt_printer": Status(state=DeviceState.ONLINE, parts={"cover": Part.CLOSED}, supplies={"upper": Level.LOW})}
    finger = open_panel(stand, lambda: seen)

    def shown() -> set[str]:
        return {str(item.property("text")) for item in finger.items()}

    finger.until(lambda: "terminal sees: online, cover closed, upper low" in shown())
    error = DeviceError(Reason.UNPLUGGED, Action.CLEAR)
    seen["receipt_printer"] = Status(state=DeviceState.POWER_OFF, error=error)
    finger.until(lambda: "terminal sees: powerOff, unplugged" in shown())


def test_every_button_has_a_name_of_its_own_and_room_for_its_words(finger):
    buttons = [item for item in finger.items() if item.metaObject().indexOfSignal("triggered()") >= 0]
    names = [item.objectName() for item in buttons]
    assert len(names) > 40
    assert all(names)
    assert len(set(names)) == len(names)
    assert all(item.property("label") for item in buttons)
    cut_short = [item.property("text") for item in finger.items() if item.property("truncated") and item.property("visible")]
    assert cut_short == ["测试·阿不都热合曼·买买提甲乙"]


def test_papers_of_an_earlier_run_do_not_hang_in_the_slot(stand, finger, open_panel):
    prints(stand, b"paper\n" + CUT)
    finger.until(lambda: finger.picture)
    later = open_panel(stand)
    later.until(lambda: later.item("paper:earlier").isEnabled())
    assert later.picture == ""
    later.touch("paper:earlier")
    later.until(lambda: later.picture)


def test_pointer_that_the_citizens_window_hides_is_shown_again(stand, open_panel):
    QGuiApplication.setOverrideCursor(QCursor())
    open_panel(stand)
    assert QGuiApplication.overrideCursor() is None


def test_panel_goes_without_a_complaint(stand, qapp, qtbot):
    panel = BenchPanel(stand)
    panel.close()
    assert not panel.window.isVisible()
    del panel
    gc.collect()
    delete_later_now()  # a warning of Qt fails the test


def test_closing_the_window_ends_the_run(finger, qtbot):
    with qtbot.waitSignal(finger.panel._engine.quit, timeout=PATIENCE):
        finger.panel.window.close()


def test_own_qml_types_are_prefixed():
    types = {file.stem for file in BENCH_QML.rglob("*.qml")} - {"Panel"}
    assert all(name.startswith("Kb") for name in types)
    listed = {line.split()[-1] for line in (BENCH_QML / "qmldir").read_text(encoding="ascii").splitlines()[1:]}
    assert listed == {str(file.relative_to(BENCH_QML)) for file in BENCH_QML.rglob("*.qml")}


def test_qml_is_clean():
    lint = Path(sys.executable).parent / "pyside6-qmllint"
    files = [str(file) for file in BENCH_QML.rglob("*.qml")]
    done = subprocess.run([lint, "--max-warnings", "0", "-I", str(QML), *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
