"""Every screen of the core has its QML, with the same fields and the same rules."""

import inspect
import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

import kiosk
from kiosk import screens
from kiosk.screens import entry, reading
from ui import app, icons, samples
from ui.words import WITH_ARG, WORDS

KIOSK = app.QML / "Kiosk"
FILES = sorted(KIOSK.rglob("*.qml"))
SCREENS = [
    cls
    for module in (screens, reading, entry)
    for _, cls in inspect.getmembers(module, inspect.isclass)
    if issubclass(cls, screens.Screen) and cls is not screens.Screen and cls.__module__ == module.__name__
]
OWN_TYPES = {"Main", "Theme"}


def types_in_qmldir():
    lines = (KIOSK / "qmldir").read_text(encoding="utf-8").splitlines()
    return dict(line.removeprefix("singleton ").split(" 1.0 ") for line in lines if " 1.0 " in line)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_a_screen_has_a_required_property_for_each_field(screen):
    source = (KIOSK / "screens" / f"{screen.__name__}Screen.qml").read_text(encoding="utf-8")
    assert re.findall(r"^    required property \w+ (\w+)(?: // qmllint disable property-override)?$", source, re.MULTILINE) == [
        field.name for field in fields(screen)
    ]
    assert "    signal answered(string action, string value)" in source


def test_there_is_a_sample_of_every_screen():
    assert {type(sample) for sample in samples.SCREENS.values()} == set(SCREENS)


def test_samples_leave_no_field_untried():
    for screen in SCREENS:
        tried = [sample for sample in samples.SCREENS.values() if type(sample) is screen]
        for field in fields(screen):
            if field.default is not MISSING:
                assert any(getattr(sample, field.name) != field.default for sample in tried), f"{screen.__name__}.{field.name}"


def test_every_file_is_in_qmldir_once():
    assert {KIOSK / path for path in types_in_qmldir().values()} == set(FILES)
    assert all(Path(path).stem == name for name, path in types_in_qmldir().items())


def test_own_type_names_cannot_be_taken_for_qt_names():
    for name, path in types_in_qmldir().items():
        assert name.startswith("Kk") or (path.startswith("screens/") and name.endswith("Screen")) or name in OWN_TYPES
    for file in FILES:
        inline = re.findall(r"^\s*component (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert all(name.startswith("Kk") for name in inline), file


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_files_are_small_and_bound(file):
    source = file.read_text(encoding="utf-8")
    assert source.count("\n") <= 150
    if "Repeater" in source or "Component {" in source:
        assert source.startswith("pragma ComponentBehavior: Bound\n")


def test_qml_asks_only_for_words_that_are_given():
    used = {word for file in FILES for word in re.findall(r"\bwords\.(\w+)", file.read_text(encoding="utf-8"))}
    used -= {"implicitHeight", "implicitWidth", "lineCount", "height", "width", "font", "y", "color"}  # items called `words`
    assert used == set(WORDS) | set(WITH_ARG)


def test_qml_asks_only_for_icons_that_exist():
    sources = [file.read_text(encoding="utf-8") for file in FILES]
    named = {name for source in sources for name in re.findall(r'(?:\bicon|^\s+name): "([\w-]+)"', source, re.MULTILINE)}
    assert named
    assert named <= set(icons.glyphs())


def test_services_ask_only_for_icons_that_exist():
    core = Path(kiosk.__file__).parent
    named = {name for file in core.rglob("*.py") for name in re.findall(r'\bicon="([\w-]+)"', file.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(icons.glyphs())


def test_durations_are_short():
    for file in FILES:
        for duration in re.findall(r"duration: (\d+)", file.read_text(encoding="utf-8")):
            assert int(duration) <= 250 or "PauseAnimation" in file.read_text(encoding="utf-8")
