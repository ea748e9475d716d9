"""The keyboard on the screen without a finger: from a keyboard with a plug, on a keypad of metal, by a screen reader."""

from glass import accessible_names
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def test_a_keyboard_with_a_plug(board):
    board.strike("nihao")
    assert board.composing == "nihao"
    board.strike("2")
    assert (board.text, board.composing) == ("你", "hao")
    board.strike(" .")
    assert (board.text, board.composing) == ("你好.", "")
    board.key(Qt.Key.Key_Backspace)
    board.strike("wo")
    board.key(Qt.Key.Key_Return)
    board.key(Qt.Key.Key_Return)
    assert board.text == "你好wo"
    assert board.window.property("entries") == 1


def test_a_keyboard_with_a_plug_on_a_plate(make_board):
    board = make_board("plate")
    board.strike("b1io2")
    assert board.text == "B12"


def test_a_scanner_that_pretends_to_be_a_keyboard_is_not_heard(board):
    board.burst("LCZC1:A0057")
    assert (board.text, board.composing) == ("", "")
    assert board.window.property("entries") == 0
    board.strike("hao")
    assert board.composing == "hao"


def test_what_a_scanner_says_with_control_keys_is_not_typed(board):
    QTest.keyClick(board.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(board.window, Qt.Key.Key_F5)
    board.settle()
    assert (board.text, board.composing) == ("", "")


def test_arrows_walk_the_keys_and_ok_presses(board):
    board.key(Qt.Key.Key_Down)
    board.find("key:g").forceActiveFocus()
    board.key(Qt.Key.Key_Right)
    assert board.window.activeFocusItem().objectName() == "key:h"
    assert len([item for item in board.items() if item.objectName() == "ring"]) == 1
    board.key(Qt.Key.Key_Return)
    assert board.composing == "h"
    for _ in range(2):
        board.key(Qt.Key.Key_Up)
    assert board.window.activeFocusItem().objectName().startswith("candidate:")
    board.key(Qt.Key.Key_Return)
    assert board.composing == ""
    assert len(board.text) >= 1


def test_a_reader_hears_letters_candidates_and_what_is_composed(board):
    board.type("nihao")
    heard = accessible_names(board.window)
    assert {"你好", "q", "删除", "选定", "nihao"} <= set(heard)
    assert "已选" in heard
