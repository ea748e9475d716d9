"""The receipt printer stands still with paper in it: cover, cutter, heat, the feed button."""

import threading

from receipts import HANDS, LONG, order, papers, whole

from drivers.contract import DeviceState, Part, Printed, Reset
from drivers.errors import Action, Reason

ONLINE, USER_ERROR, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.USER_ERROR, DeviceState.HARDWARE_ERROR


def test_cover_opened_while_printing(make_printer, printer_board, ear):
    printer_board.set(cover_after_lines=3)
    printer = make_printer()
    order(printer)
    ear.state(ONLINE, USER_ERROR)
    assert printer.status.error.reason is Reason.COVER_OPEN
    assert ear.finals("p") == []
    printer_board.set(cover="closed")
    assert isinstance(ear.answer("p"), Printed)
    begun, again = papers(printer_board)
    assert begun.spoiled == "coverOpen"
    assert again.text.startswith("鹿城市政务服务中心")
    assert not again.spoiled
    assert len(ear.finals("p")) == 1


def test_cutter_jammed_and_freed(make_printer, printer_board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos_press._RECOVERY_GAP", 0.2)
    printer_board.set(jam="cutter")
    printer = make_printer()
    order(printer)
    ear.state(ONLINE, HARDWARE_ERROR)
    assert (printer.status.parts["cutter"], printer.status.error.reason) == (Part.JAMMED, Reason.CUTTER)
    printer_board.set(jam="")
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(printer_board)) == 1


def test_cutter_that_stays_jammed_is_recovered_three_times_and_no_more(make_printer, printer_board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos_press._RECOVERY_GAP", 0.05)
    printer_board.set(jam="cutter")
    printer = make_printer(patience_s=3.0)
    order(printer)
    error = ear.answer("p").error
    assert (error.reason, error.action) == (Reason.CUTTER, Action.CLEAR)
    assert "3 recoveries" in error.detail
    printer_board.set(jam="")
    printer.do(Reset(role="printer", id="r"))
    ear.answer("r")
    ear.until(lambda: printer.status.state is ONLINE, "online")


def test_hot_head_waits_by_itself(make_printer, printer_board, ear):
    printer_board.set(speed_mm_s=50)
    printer = make_printer()
    order(printer, LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer_board.set(hot=True, speed_mm_s=2000)
    ear.until(lambda: printer.status.state is DeviceState.DEVICE_BUSY, "busy")
    assert ear.finals("p") == []
    printer_board.set(hot=False)
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(printer_board)) == 1, "a pause is no reason to print again"


def test_an_unrecoverable_error_is_not_waited_for(make_printer, printer_board, ear):
    printer_board.set(speed_mm_s=50)
    printer = make_printer()
    order(printer, LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer_board.set(broken=True)
    error = ear.answer("p").error
    assert (error.reason, error.action) == (Reason.HARDWARE, Action.MAINTENANCE)
    assert printer.status.parts["mechanism"] is Part.INOPERATIVE


def test_a_job_begins_once_the_feed_button_is_let_go(make_printer, printer_board, ear):
    printer_board.set(feeding=True)
    printer = make_printer(DeviceState.DEVICE_BUSY)
    order(printer)
    threading.Event().wait(HANDS)
    assert ear.finals("p") == []
    printer_board.set(feeding=False)
    assert isinstance(ear.answer("p"), Printed)
    assert len(papers(printer_board)) == 1


def test_a_feed_button_held_for_ever_is_no_fault(make_printer, printer_board, ear):
    printer_board.set(feeding=True)
    order(make_printer(DeviceState.DEVICE_BUSY, patience_s=0.1))
    assert (ear.answer("p").error.reason, ear.answer("p").error.action) == (Reason.TIMEOUT, Action.WAIT)
