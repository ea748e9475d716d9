"""The citizen's window for most tests; a bench panel with a stand for its own."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from bench_hands import Finger, delete_later_now, new_stand
from board import Board
from glass import Stage
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from drivers.bench.state import COMMON
from ui.bench_panel import BenchPanel
from ui.stand import Stand


@pytest.fixture
def make_stage(qapp):
    assert QGuiApplication.primaryScreen().geometry().width() >= 1920
    stages = []

    def make(*args, **kwargs):
        stages.append(Stage(*args, **kwargs))
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def stage(make_stage):
    return make_stage()


@pytest.fixture(scope="session")
def touchscreen(qapp):
    return QTest.createTouchDevice()


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


@pytest.fixture(scope="module")
def board_window(qapp) -> Iterator[Board]:
    board = Board()
    yield board
    board.close()


@pytest.fixture
def make_board(board_window) -> Callable[..., Board]:
    """A fresh keyboard of a pad and in a language, in the window that the module's tests share."""

    def make(*args: Any, **kwargs: Any) -> Board:
        board_window.fresh(*args, **kwargs)
        return board_window

    return make


@pytest.fixture
def board(make_board) -> Board:
    return make_board()
