"""The keyboard on the screen, by touch."""

import os
import random
import signal

from glass import box, said
from pinyin_help import process_of
from PySide6.QtCore import QCoreApplication, QEvent, QPoint

from ui.aside import parent
from ui.handwriting import engine as handwriting
from ui.pinyin import engine
from ui.pinyin.keyboard import Composer


def test_a_phrase_by_pinyin(board):
    board.type("shenfenzheng")
    assert (board.composing, board.text) == ("shenfenzheng", "")
    assert board.candidates[:3] == ["身份证", "身份", "身分"]
    board.tap("candidate:0")
    assert (board.composing, board.text) == ("", "身份证")


def test_picking_a_part_keeps_the_rest_and_goes_back(board):
    board.type("shenfenzheng")
    board.tap("candidate:1")
    assert (board.composing, board.text) == ("zheng", "身份")
    board.tap("key:backspace")
    assert (board.composing, board.text) == ("shenfenzheng", "")
    board.tap("candidate:1", "key:backspace", "key:backspace")
    assert (board.composing, board.text) == ("shenfenzhen", "")


def test_backspace_takes_the_composition_first(board):
    board.type("ni")
    board.tap("candidate:0")
    board.type("ha")
    board.tap("key:backspace", "key:backspace")
    assert (board.composing, board.text) == ("", "你")
    board.tap("key:backspace")
    assert board.text == ""


def test_space_takes_the_first_and_enter_the_letters(board):
    board.type("nihao")
    board.tap("key:space")
    assert board.text == "你好"
    board.type("wifi")
    board.tap("key:enter")
    assert (board.text, board.composing) == ("你好wifi", "")
    board.type("iv")
    board.tap("key:space")
    assert board.text == "你好wifiiv"
    board.tap("key:backspace", "key:backspace")
    assert not board.find("key:enter").property("available")
    board.tap("key:space")
    assert board.text == "你好wifi "


def test_a_rare_character_is_found_by_turning_pages(board):
    board.type("yan")
    board.tap("key:more")
    seen = list(board.candidates)
    while "䶮" not in board.candidates:
        board.tap("key:page-next")
        assert not set(board.candidates) & set(seen)
        seen += board.candidates
    assert len(seen) > 100
    board.tap("key:page-previous")
    assert "䶮" not in board.candidates
    board.tap("key:page-next")
    board.touch(next(item for item in board.targets() if item.property("label") == "䶮"))
    assert board.text == "䶮"
    assert "key:q" in board.names


def test_a_character_beyond_the_basic_plane_is_one_character(board):
    board.type("xiang")
    board.tap("key:more")
    while not (far := [item for item in board.targets() if item.property("label") == "𬙋"]):
        board.tap("key:page-next")
    board.touch(far[0])
    assert board.text == "𬙋"
    board.tap("key:backspace")
    assert board.text == ""


def test_all_pages_can_be_closed_again(board):
    board.type("yi")
    board.tap("key:more")
    assert "key:q" not in board.names
    assert not board.find("key:page-previous").property("available")
    board.tap("key:close")
    assert "key:q" in board.names
    assert board.composing == "yi"


def test_the_modes_of_text(board):
    board.tap("key:，", "key:mode-letters", "key:shift", "key:B", "key:b", "key:shift", "key:shift", "key:C", "key:D", "key:shift", "key:e")
    board.tap("key:mode-digits", "key:7", "key:@", "key:mode-symbols", "key:《", "key:〇", "key:mode-chinese")
    assert board.text == "，BbCDe7@《〇"
    assert board.find("key:mode-chinese").property("chosen")


def test_leaving_chinese_takes_what_is_composed(board):
    board.type("nihao")
    board.tap("key:mode-digits", "key:1")
    assert (board.text, board.composing) == ("你好1", "")
    board.tap("key:mode-chinese")
    board.type("ma")
    board.call("settle")
    assert (board.text, board.composing) == ("你好1吗", "")


def test_clearing_can_be_taken_back(board):
    board.type("nihao")
    board.tap("key:space")
    board.type("m")
    board.tap("key:clear")
    assert (board.text, board.composing) == ("", "")
    board.tap("key:restore")
    assert board.text == "你好"
    board.tap("key:clear")
    board.type("ta")
    board.tap("key:space")
    assert board.text == "他"
    assert "key:restore" not in board.names


def test_an_empty_field_has_nothing_to_delete(board):
    assert not board.find("key:backspace").property("available")
    assert not board.find("key:clear").property("available")
    board.type("a")
    assert board.find("key:backspace").property("available")


def test_a_full_field_takes_no_more(board):
    board.window.setProperty("most", 3)
    board.type("nihao")
    board.tap("candidate:0")
    board.type("nihao")
    assert not board.find("candidate:0").property("available")
    board.tap("key:space")
    assert (board.text, board.composing) == ("你好", "nihao")
    board.tap("candidate:1")
    assert board.text == "你好你"
    assert not board.find("key:q").property("available")
    assert not [target for target in board.targets() if target.objectName().startswith("candidate:") and target.property("available")]


def test_letters_end_at_a_measure(board):
    for _ in range(45):
        board.touch(board.find("key:a"))
    assert board.composing == "a" * 36
    assert not board.find("key:a").property("available")
    assert board.find("key:backspace").property("available")


def test_the_plate(make_board):
    board = make_board("plate")
    keys = [name.removeprefix("key:") for name in board.names]
    assert "".join(keys[:37]) == "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新港澳学警使领"
    board.tap("key:蒙")
    assert not {"key:I", "key:O", "key:蒙"} & set(board.names)
    board.type("B1234")
    board.tap("key:mode-chinese", "key:学")
    assert board.text == "蒙B1234学"
    assert "key:1" in board.names
    board.tap("key:clear")
    assert "key:蒙" in board.names
    board.tap("key:mode-letters", "key:V", "key:A")
    assert board.text == "VA"


def test_the_letters(make_board):
    board = make_board("letters")
    assert "".join(sorted(name.removeprefix("key:") for name in board.names if len(name) == 5)) == "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    board.type("A0-Z")
    board.tap("key:backspace")
    assert board.text == "A0-"


def test_english_begins_with_letters(make_board):
    board = make_board(language="en")
    board.tap("key:h", "key:i", "key:space")
    assert (board.text, board.composing) == ("hi ", "")
    assert board.find("key:mode-letters").property("chosen")


def test_without_the_engine_there_are_letters(make_board, monkeypatch, caplog):
    monkeypatch.setattr(engine, "installed", lambda: None)
    monkeypatch.setattr(handwriting, "installed", lambda: None)
    board = make_board()
    assert {"key:mode-chinese", "key:mode-handwriting"} & set(board.names) == set()
    board.tap("key:h", "key:mode-symbols", "key:，")
    assert board.text == "h，"
    assert "libgooglepinyin0" in caplog.text


def test_an_engine_that_fails_for_good_leaves_letters(board, monkeypatch, caplog):
    board.tap("key:n")
    monkeypatch.setattr(parent, "_STRIKES", 1)
    os.kill(board.window.findChild(Composer)._source._helper._process._child.pid, signal.SIGKILL)
    board.tap("key:i")
    assert "key:mode-chinese" not in board.names
    assert board.composing == "ni"
    assert caplog.messages == ["ui.pinyin ended by SIGKILL; it is not started again"]
    board.tap("key:h")
    assert board.text == "nih"


def test_a_key_looks_pressed_in_the_next_frame(board):
    key = board.find("key:g")
    corner = box(key).topLeft().toPoint() + QPoint(12, 12)
    before = board.window.grabWindow().pixelColor(corner)
    board.press(board.centre(key))
    assert board.window.grabWindow().pixelColor(corner) != before
    board.release(board.centre(key))


def test_the_process_ends_with_the_screen(board):
    board.type("ni")
    composer = board.window.findChild(Composer)
    process = process_of(composer._source)
    assert process.exists()
    board.call("leave")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not process.exists()


def test_hands_that_do_anything(board):
    """Two hundred touches, whatever comes under the finger."""
    chance = random.Random(4)
    for _ in range(200):
        target = chance.choice(board.targets())
        text, composing = board.text, board.composing
        available, name = target.property("available"), target.objectName()
        board.touch(target)
        if not available or name in {"key:more", "key:close", "key:page-next", "key:page-previous", "key:shift"}:
            assert (board.text, board.composing) == (text, composing), name
        elif name not in {"key:backspace", "key:clear"}:
            assert board.text.startswith(text), name
        assert all(letter < "\ud800" or letter > "\udfff" for letter in board.text)
    assert said(board)
