"""The receipt printer's paper runs out: before, in the middle, again and again, for good."""

import threading

import pytest
from receipts import HANDS, order, papers

from drivers.bench.escpos_sheet import RasterRow
from drivers.contract import DeviceState, Failed, Level, Line, Paper, Printed
from drivers.errors import Action, Reason

ONLINE, USER_ERROR = DeviceState.ONLINE, DeviceState.USER_ERROR


def test_nothing_is_sent_while_the_paper_is_out(make_printer, printer_board, ear):
    printer_board.set(paper="out")
    printer = make_printer(USER_ERROR)
    order(printer)
    assert ear.answer("p").error.reason is Reason.PAPER_OUT
    assert ear.answer("p").error.action is Action.CLEAR
    printer_board.set(paper="full")
    ear.state(USER_ERROR, ONLINE)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    assert len(papers(printer_board)) == 1
    assert printer.status.identity["model"] == "TP-80 BENCH"


@pytest.mark.parametrize("clears", [True, False])
@pytest.mark.parametrize("fn48", [True, False])
@pytest.mark.parametrize("asb", [True, False])
def test_paper_ran_out_in_the_middle_prints_again_from_the_start(make_printer, printer_board, ear, clears, fn48, asb):
    printer_board.set(paper_after_lines=4, clears=clears, fn48=fn48, asb=asb)
    printer = make_printer()
    order(printer)
    ear.state(ONLINE, USER_ERROR)
    assert printer.status.supplies["upper"] is Level.OUT
    threading.Event().wait(HANDS)
    assert ear.finals("p") == []
    printer_board.set(paper="full")
    assert isinstance(ear.answer("p"), Printed)
    torn, *rest, last = papers(printer_board)
    assert (torn.spoiled, torn.cut) == ("paperOut", False)
    assert last.cut
    assert last.text.startswith("鹿城市政务服务中心")
    assert last.text.endswith("请妥善保管本凭条")
    assert len(rest) == (0 if clears else 1), "without clear the printer first works off what it still had"


@pytest.mark.parametrize("after", range(1, 9))
def test_paper_ends_after_any_row(make_printer, printer_board, ear, after):
    printer_board.set(paper_after_lines=after)
    order(make_printer())
    ear.until(lambda: ear.finals("p") or printer_board.get()["paper"] == "out", "paper end or end")
    ear.until(lambda: ear.finals("p") or USER_ERROR in ear.states(), "told")
    printer_board.set(paper="full")
    assert isinstance(ear.answer("p"), Printed)
    assert any(paper.text.endswith("请妥善保管本凭条") and len(paper.rows) >= 9 for paper in papers(printer_board) if paper.cut)


def test_paper_is_not_refilled_in_time_and_nothing_comes_out_later(make_printer, printer_board, ear):
    printer_board.set(paper_after_lines=4)
    printer = make_printer(patience_s=0.5)
    order(printer)
    failed = ear.answer("p")
    assert (failed.error.reason, failed.error.action) == (Reason.PAPER_OUT, Action.CLEAR)
    printer_board.set(paper="full")
    ear.state(ONLINE, USER_ERROR, ONLINE)
    order(printer, Paper((Line("B"),)), "q")
    assert isinstance(ear.answer("q"), Printed)
    assert [paper.text for paper in papers(printer_board) if paper.cut] == ["B"]


def test_paper_that_runs_out_again_and_again_is_given_up(make_printer, printer_board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos_press._ATTEMPTS", 2)
    printer_board.set(paper_after_lines=4)
    order(make_printer())
    ear.state(ONLINE, USER_ERROR)
    threading.Event().wait(HANDS)
    printer_board.set(paper="full", paper_after_lines=4)
    ear.state(ONLINE, USER_ERROR, ONLINE, USER_ERROR)
    printer_board.set(paper="full")
    assert ear.answer("p").error.detail == "stopped 2 times"


@pytest.mark.parametrize("asb", [True, False])
def test_small_buffer_full_when_the_paper_ends(make_printer, printer_board, ear, asb, monkeypatch):
    if not asb:
        monkeypatch.setattr("drivers.printers.escpos_press._STALL", 0.5)
    monkeypatch.setattr("drivers.printers.escpos_press._GLANCE", 0.1)
    rare = Paper(tuple(Line(f"王㛃 {number}", 4) for number in range(12)))
    printer_board.set(buffer=256, paper_after_lines=5, asb=asb)
    printer = make_printer()
    order(printer, rare)
    ear.until(lambda: printer_board.get()["paper"] == "out", "out")
    if asb:
        ear.state(ONLINE, USER_ERROR)
    else:
        threading.Event().wait(1.5)  # nothing can be seen or asked: that it stands still is all there is
    printer_board.set(paper="full")
    assert isinstance(ear.answer("p"), Printed)
    assert sum(isinstance(row, RasterRow) for row in papers(printer_board)[-1].rows) == 12


def test_failed_answers_hold_no_text_of_the_paper(make_printer, printer_board, ear):
    printer_board.set(paper_after_lines=2)
    order(make_printer(patience_s=0.0))
    assert isinstance(ear.answer("p"), Failed)
    assert "鹿城" not in repr(ear.events)


def test_a_printer_given_up_that_cannot_clear_is_told_in_the_log(make_printer, printer_board, ear, caplog):
    printer_board.set(paper_after_lines=3, clears=False)
    order(make_printer(patience_s=0.0))
    assert ear.answer("p").error.reason is Reason.PAPER_OUT
    assert "may still print the rest" in caplog.text
