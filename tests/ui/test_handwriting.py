"""Characters written with a finger, where the extra is installed; and what comes of hands that scribble."""

import logging
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest

from ui.aside.parent import Aside
from ui.handwriting import engine
from ui.handwriting.scribe import MODULE
from ui.handwriting.strokes import SIDE, fitted

installed = pytest.mark.skipif(engine.installed() is None, reason="the extra is not installed")

# Corners of each stroke in a square, in the usual order of strokes.
CHARACTERS = {
    "一": [((0.1, 0.5), (0.9, 0.5))],
    "二": [((0.2, 0.2), (0.8, 0.2)), ((0.1, 0.8), (0.9, 0.8))],
    "三": [((0.2, 0.1), (0.8, 0.1)), ((0.25, 0.45), (0.75, 0.45)), ((0.1, 0.8), (0.9, 0.8))],
    "十": [((0.1, 0.4), (0.9, 0.4)), ((0.5, 0.05), (0.5, 0.95))],
    "口": [((0.1, 0.1), (0.15, 0.8)), ((0.1, 0.1), (0.9, 0.1), (0.85, 0.8)), ((0.15, 0.78), (0.85, 0.78))],
    "王": [((0.15, 0.1), (0.85, 0.1)), ((0.2, 0.45), (0.8, 0.45)), ((0.5, 0.1), (0.5, 0.85)), ((0.05, 0.88), (0.95, 0.88))],
    "上": [((0.45, 0.05), (0.45, 0.85)), ((0.47, 0.4), (0.8, 0.4)), ((0.05, 0.87), (0.95, 0.87))],
}
NUMBERS = st.one_of(st.floats(allow_nan=True, allow_infinity=True), st.integers(-(2**40), 2**40), st.floats(0, 500))


def drawn(corners, side=300.0, left=40.0, top=25.0):
    """Points on the way from corner to corner, as x, y, x, y …"""
    stroke = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        for step in range(11):
            stroke += [left + side * (x0 + (x1 - x0) * step / 10), top + side * (y0 + (y1 - y0) * step / 10)]
    return stroke


@pytest.fixture(scope="module")
def recogniser():
    aside = Aside(MODULE, list[str])
    yield aside
    aside.close()


@installed
def test_characters_are_among_ten(recogniser):
    for character, strokes in CHARACTERS.items():
        found = recogniser.ask([drawn(corners) for corners in strokes])
        assert character in found, (character, found)
        assert len(found) <= engine.MOST


@installed
def test_size_and_place_do_not_matter(recogniser):
    large, small = ([drawn(corners, side, left=5000 - side) for corners in CHARACTERS["王"]] for side in (4000.0, 40.0))
    assert recogniser.ask(large) == recogniser.ask(small)


@installed
@given(st.lists(st.lists(NUMBERS, max_size=9), max_size=8))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_scribbles_do_no_harm(recogniser, strokes):
    found = recogniser.ask(strokes)
    assert found is not None
    assert bool(found) == bool(fitted(strokes))


@installed
def test_far_too_many_strokes_and_points(recogniser):
    assert recogniser.ask([[1.0, 2.0] * 500] * 60)


@given(st.lists(st.lists(NUMBERS, max_size=300), max_size=60))
@settings(derandomize=True)
def test_strokes_are_fitted_into_a_square(strokes):
    kept = fitted(strokes)
    assert len(kept) <= 40
    assert all(0 <= value <= SIDE for stroke in kept for point in stroke for value in point)
    assert all(1 <= len(stroke) <= 60 for stroke in kept)


def test_a_line_stays_a_line():
    assert fitted([[0, 10, 50, 10, 100, 10]]) == (((200, 500), (500, 500), (800, 500)),)
    assert fitted([[7, 7]]) == (((500, 500),),)


def test_what_is_missing_is_not_offered(tmp_path):
    assert engine.installed(tmp_path) is None
    (tmp_path / "usr/lib/a").mkdir(parents=True)
    (tmp_path / "usr/lib/a/libzinnia.so.0").touch()
    assert engine.installed(tmp_path) is None


def write(board, character):
    """With a finger, beginning at the left of the field."""
    keyboard = next(item for item in board.items() if item.objectName() == "keyboard")
    tall = keyboard.property("tall")
    corner = keyboard.mapToScene(QPointF(tall, 1.2 * tall)).toPoint()
    for corners in CHARACTERS[character]:
        points = [(corner + QPoint(round(x), round(y))) for x, y in zip(*[iter(drawn(corners, tall * 2, 0, 0))] * 2, strict=True)]
        board.press(points[0])
        for point in points[1:]:
            QTest.touchEvent(board.window, board.finger).move(0, point).commit()
        board.release(points[-1])
    board.settle()


@installed
def test_writing_on_the_keyboard(board):
    board.tap("key:mode-handwriting")
    write(board, "王")
    assert "王" in board.candidates
    board.touch(next(item for item in board.targets() if item.property("label") == "王"))
    assert board.text == "王"
    assert "key:，" in board.names  # the field is empty again
    write(board, "二")
    before = board.candidates
    write(board, "一")
    assert board.candidates != before
    board.tap("key:undo")
    assert board.candidates == before
    board.tap("key:rewrite")
    assert board.candidates == []
    write(board, "一")
    board.tap("key:space", "key:backspace", "key:，")
    assert board.text == "王，"


@installed
def test_leaving_takes_what_is_written(board):
    board.tap("key:mode-handwriting")
    write(board, "十")
    first = board.candidates[0]
    board.tap("key:mode-letters")
    assert board.text == first


@installed
def test_a_recogniser_that_cannot_be_started_is_no_longer_offered(board, monkeypatch, caplog):
    monkeypatch.setattr("ui.aside.parent._STRIKES", 1)
    monkeypatch.setattr("ui.handwriting.scribe.MODULE", "ui.no_such_module")
    with caplog.at_level(logging.WARNING):
        board.tap("key:mode-handwriting")
        write(board, "一")
    assert caplog.messages == ["ui.no_such_module ended with status 1; it is not started again"]
    assert "key:mode-handwriting" not in board.names
    board.tap("key:q")
    assert board.composing == "q"
