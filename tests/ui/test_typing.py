"""Entering digits and numbers, by touch and on a keypad of metal."""

from glass import accessible_names, said
from PySide6.QtCore import Qt

from kiosk.screens import Enter, Pad


def enter(stage, pad, **fields):
    stage.show("enter-digits", screen=Enter(**{"title": "t", "hint": "h", "pad": pad, "least": 2, "most": 4} | fields))


def test_typing_by_touch(stage):
    enter(stage, Pad.CASE_NUMBER)
    for key in ("key:A", "key:Z", "pad:delete", "key:0", "key:9", "key:1"):
        stage.touch(stage.find(key))
    assert not stage.find("key:5").property("available")
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "A091")]


def test_clearing_and_too_little(stage):
    enter(stage, Pad.DIGITS, value="123")
    stage.touch(stage.find("pad:clear"))
    stage.touch(stage.find("key:4"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == []
    stage.touch(stage.find("key:2"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "42")]


def test_typing_on_a_keypad_of_metal(stage):
    enter(stage, Pad.DIGITS)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_A, Qt.Key.Key_Backspace, Qt.Key.Key_3, Qt.Key.Key_Return):
        stage.key(key)
    assert stage.given() == [("enter", "13")]


def test_the_countdown_keeps_what_was_typed(stage):
    stage.show("enter-digits", number=900)
    stage.touch(stage.find("key:7"))
    stage.show("enter-digits", number=900, countdown=20)
    stage.show("enter-digits", number=900)
    stage.touch(stage.find("key:8"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "1278")]


def test_a_secret_is_never_drawn_nor_named(stage):
    enter(stage, Pad.DIGITS, value="4711", secret=True)
    assert not any("4711" in each for each in said(stage))
    assert "".join(said(stage)).count("●") == 4
    assert "4711" not in " ".join(accessible_names(stage.window))
