"""Every key and candidate can be read and hit, in every mode, on the tightest panel."""

import pytest
from board import Board
from test_measures import (
    MODES,
    cut_texts,
    faint_edges,
    faint_texts,
    overlapping_texts,
    too_close_targets,
    too_small_targets,
    too_small_texts,
)

from ui.handwriting import engine

STATES = {
    "text": [
        ("key:mode-chinese",),
        ("key:q", "key:i"),
        ("key:more",),
        ("key:close", "key:clear"),
        ("key:mode-letters", "key:shift"),
        ("key:shift",),
        ("key:mode-digits",),
        ("key:mode-symbols", "key:，", "key:clear"),
    ],
    "plate": [(), ("key:蒙",)],
    "letters": [(), ("key:A", "key:clear")],
}


def problems(board, care):
    millimetre = board.size.width_px / board.size.width_mm
    return (
        too_small_texts(board, care, millimetre)
        + too_small_targets(board, care, millimetre)
        + too_close_targets(board, care, millimetre)
        + cut_texts(board)
        + overlapping_texts(board)
        + faint_texts(board)
        + faint_edges(board)
    )


@pytest.mark.parametrize(("orientation", "language", "care"), MODES)
def test_everything_can_be_read_and_hit(qapp, orientation, language, care):
    found = []
    board = Board(orientation=orientation, language=language, care=care)
    for pad, states in STATES.items():
        board.fresh(pad, language)
        for names in states:
            board.tap(*names)
            found += [f"{pad} after {names}: {problem}" for problem in problems(board, care)]
    board.close()
    assert not found, "\n".join(found)


@pytest.mark.skipif(engine.installed() is None, reason="the extra is not installed")
@pytest.mark.parametrize(("orientation", "language", "care"), [("portrait", "zh-CN", False), ("landscape", "en", True)])
def test_the_field_to_write_in_can_be_read_and_hit(qapp, orientation, language, care):
    board = Board("text", orientation, language=language, care=care)
    board.tap("key:mode-handwriting")
    found = problems(board, care)
    board.close()
    assert not found, "\n".join(found)


def test_a_long_sentence_stands_in_one_row(qapp):
    board = Board(care=True)
    board.type("woyaoqukanyixiashenfenzhengbanlijind")
    assert board.candidates
    assert not cut_texts(board)
    board.tap("key:more")
    assert not cut_texts(board)
    board.close()
