"""The bench panel as a window: what it says, whether it fits, how it goes."""

import gc
import subprocess
import sys
from pathlib import Path

from bench_hands import PATIENCE, delete_later_now
from PySide6.QtGui import QCursor, QGuiApplication

from drivers.contract import DeviceState, Level, Part, Status
from drivers.errors import Action, DeviceError, Reason
from ui.app import QML
from ui.bench_panel import BenchPanel

BENCH_QML = QML / "Bench"


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
    cut_short = set()
    for name in [name for name in names if name.startswith("show:")]:
        finger.touch(name)
        finger.panel.window.grabWindow()
        cut_short |= {item.property("text") for item in finger.items() if item.property("truncated") and item.isVisible()}
    assert cut_short == {"测试·阿不都热合曼·买买提甲乙"}


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
