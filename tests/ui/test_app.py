import logging
import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QObject, QtMsgType

from ui import app, icons, qr, qr_picture, samples
from ui.app import ScreenSize
from ui.shell import Shell


def test_void_calls_leave_none_alone():
    """PySide6 6.12 on Python 3.11 loses a reference to None with every void call and aborts after some 5000."""
    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal")
    thing = QObject()
    before = sys.getrefcount(None)
    for at in range(1000):
        thing.setObjectName(str(at))
    assert sys.getrefcount(None) > before - 500


def test_the_window_has_the_configured_place_and_size(stage):
    assert (stage.window.width(), stage.window.height()) == (1080, 1920)
    assert (stage.window.x(), stage.window.y()) == (0, 0)


def test_the_window_shrinks_on_a_smaller_desktop(make_stage):
    stage = make_stage(size=(2160, 3840, 267.8, 476.1))
    assert (stage.window.width(), stage.window.height()) == (1080, 1920)
    stage.show("home")
    stage.touch(stage.find("answer:choose:service:ticket"))
    assert stage.given() == [("choose", "service:ticket")]


def test_a_millimetre_is_a_millimetre(make_stage):
    stage = make_stage(size=(1080, 1920, 180.0, 320.0))
    stage.show("question")
    assert stage.find("answer:yes").height() == pytest.approx(20 * 6, abs=1)


def test_a_large_panel_is_filled(make_stage):
    stage = make_stage(size=(1080, 1920, 540.0, 960.0))
    stage.show("question")
    assert stage.find("answer:yes").height() == pytest.approx(20 * 1080 / 267.8, abs=1)


def test_qt_messages_go_to_logging(caplog):
    class Context:
        file, category, line = "Main.qml", "qml", 7

    with caplog.at_level(logging.DEBUG, logger="qt"):
        app._log_message(QtMsgType.QtWarningMsg, Context, "something is wrong")
    assert caplog.records[-1].levelno == logging.WARNING
    assert "something is wrong (Main.qml:7)" in caplog.text


def test_broken_qml_stops_the_start(qapp, monkeypatch, tmp_path):
    (tmp_path / "Kiosk").mkdir()
    (tmp_path / "Kiosk" / "qmldir").write_text("module Kiosk\nMain 1.0 Main.qml\n")
    (tmp_path / "Kiosk" / "Main.qml").write_text("import QtQuick\nWindow { required property int other }\n")
    monkeypatch.setattr(app, "QML", tmp_path)
    shell = Shell(lambda _event: None, samples.sentences())
    with pytest.raises(RuntimeError, match="does not load"):
        app.build(shell, ScreenSize(100, 100, 100, 100))


test_broken_qml_stops_the_start = pytest.mark.qt_log_ignore(".*")(test_broken_qml_stops_the_start)


def test_a_font_that_is_none_stops_the_start(qapp, tmp_path):
    (tmp_path / "font.otf").write_text("no font")
    with pytest.raises(FileNotFoundError):
        app._load_font(tmp_path / "font.otf")


def test_a_package_that_is_missing_is_named():
    with pytest.raises(FileNotFoundError, match="no_such_package"):
        icons.package_folder("no_such_package")


def test_an_unknown_icon_is_logged_and_drawn_as_a_circle(caplog):
    assert icons.Icons().glyph("no such icon") == icons.glyphs()["circle"]
    assert "no such icon" in caplog.text


@pytest.mark.parametrize("url", ["https://lcwh.example.gov.cn/q/7f3a9c2e51d84b60", "x" * 300, "鹿城"])
def test_a_qr_code_can_be_scanned(url, tmp_path):
    picture = qr_picture.picture(url, 200)
    assert picture.width() == picture.height() >= 200
    picture.save(str(tmp_path / "qr.png"))
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(tmp_path / "qr.png"))] == [url]


def test_the_qr_code_on_the_screen_can_be_scanned(stage, tmp_path):
    stage.show("ticket")
    stage.window.grabWindow().save(str(tmp_path / "ticket.png"))
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(tmp_path / "ticket.png"))] == [samples.SCREENS["ticket"].follow]


def test_no_text_no_code(qapp):
    assert qr.QrCode().source("", 200) == ""
    assert qr.QrCode().source("x", 200).startswith("data:image/png;base64,")


def test_the_machine_points_to_the_configured_place(stage):
    for name, spot in (("present-card", "id_reader"), ("present-code", "scanner"), ("ticket", "receipt_printer")):
        stage.show(name)
        active = [item for item in stage.items() if item.property("kind") == spot and item.property("active") is True]
        assert len(active) == 1
        place = active[0]
        front = place.parentItem()
        x, y = app.Machine().spots[spot]
        assert place.x() + place.width() / 2 == pytest.approx(x * front.width(), abs=1)
        assert place.y() + place.height() / 2 == pytest.approx(y * front.height(), abs=1)


FIRST_SCREEN = """
import sys
from kiosk import assembly
from ui import running
heavy = {"requests", "PIL", "escpos", "fastapi", "sqlalchemy", "pydantic", "cv2", "zxingcpp", "segno", "PySide6.QtWidgets"}
print(",".join(sorted(heavy & set(sys.modules))))
"""


def test_the_first_screen_needs_no_heavy_import():
    out = subprocess.run([sys.executable, "-c", FIRST_SCREEN], check=True, capture_output=True, text=True, timeout=60)
    assert out.stdout.strip() == ""


LAST_SCREEN = """
import logging
import sys
from pathlib import Path
import msgspec
from kiosk import assembly
from kiosk.screens import View
from ui import app, running, samples
logging.basicConfig(level=logging.ERROR, format="%(message)s")  # no office is there, which the client may say
logging.getLogger("qt").setLevel(logging.WARNING)
application, sentences = app.application(["kiosk"]), samples.sentences()
settings = assembly.load_settings(Path("config"), sentences)
office = msgspec.structs.replace(settings.terminal.office, key_file=sys.argv[1] + "/key")
terminal = msgspec.structs.replace(settings.terminal, office=office, state_dir=sys.argv[1])
window = running.Running(msgspec.structs.replace(settings, terminal=terminal, devices={}), sentences)
for number, name in enumerate(("search", "enter-text"), 1):
    window.shell.show(View(number=number, place=number, screen=samples.SCREENS[name], frame=samples.frame(name)))
    window.window.grabWindow()
window.close()
"""


def test_the_window_goes_without_complaint(tmp_path):
    (tmp_path / "key").write_text("0" * 64)
    command = [sys.executable, "-c", LAST_SCREEN, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout + done.stderr == ""
