"""The project's QML is clean for Qt's own linter, which must know the types that Python registers."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ui import app, icons, qr, shell
from ui.handwriting import scribe
from ui.pinyin import keyboard

BIN = Path(sys.executable).parent
REGISTRAR = (
    next((Path(__import__("PySide6").__file__).parent / "Qt" / "libexec").glob("qmltyperegistrar"), None)
    or BIN / "pyside6-qmltyperegistrar"
)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory):
    """The module Kiosk.Bridge as a linter wants it: qmldir and type description, made from the Python sources."""
    folder = tmp_path_factory.mktemp("qml")
    module = folder / "Kiosk" / "Bridge"
    shutil.copytree(app.QML / "Kiosk", folder / "Kiosk")
    module.mkdir()
    found = subprocess.run(
        [BIN / "pyside6-metaobjectdump", shell.__file__, icons.__file__, qr.__file__, keyboard.__file__, scribe.__file__],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    (folder / "types.json").write_text(found.stdout)
    assert {entry["classes"][0]["className"] for entry in json.loads(found.stdout)} == {"Shell", "Icons", "QrCode", "Composer", "Scribe"}
    subprocess.run(
        [REGISTRAR, "--generate-qmltypes", module / "bridge.qmltypes", "--import-name", "Kiosk.Bridge", "--major-version", "1",
         "--minor-version", "0", "-o", folder / "register.cpp", folder / "types.json"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    (module / "qmldir").write_text("module Kiosk.Bridge\ntypeinfo bridge.qmltypes\n")
    return folder


def test_qmllint_has_nothing_to_say(bridge):
    files = sorted((bridge / "Kiosk").rglob("*.qml"))
    result = subprocess.run(
        [BIN / "pyside6-qmllint", "--max-warnings", "0", "-I", bridge, *files], check=False, capture_output=True, text=True, timeout=100
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_qmllint_would_say_something(bridge, tmp_path):
    bad = tmp_path / "Bad.qml"
    bad.write_text("import QtQuick\nimport Kiosk.Bridge\nItem { required property Shell shell; property int x1: shell.nothing }\n")
    result = subprocess.run(
        [BIN / "pyside6-qmllint", "--max-warnings", "0", "-I", bridge, bad], check=False, capture_output=True, text=True, timeout=60
    )
    assert result.returncode != 0
    assert "nothing" in result.stdout + result.stderr
