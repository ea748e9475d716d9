"""The receipt printer's line: silence, noise, a pulled plug."""

from receipts import LONG, order, papers, whole

from drivers.contract import DeviceState, Level, Line, Paper, Part, Printed
from drivers.errors import Reason

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


def test_silence_is_not_paper_out(make_printer, printer_board, ear):
    printer = make_printer()
    printer_board.set(silent=True)
    ear.state(ONLINE, POWER_OFF)
    assert printer.status.error.reason is Reason.SILENT
    assert printer.status.supplies == {"upper": Level.UNKNOWN}
    assert set(printer.status.parts.values()) == {Part.UNKNOWN}


def test_a_printer_silent_from_the_start_has_unknown_paper(make_printer, printer_board, ear):
    printer_board.set(silent=True)
    printer = make_printer(POWER_OFF)
    assert printer.status.supplies == {"upper": Level.UNKNOWN}
    order(printer)
    assert ear.answer("p").error.reason is Reason.SILENT


def test_printer_falls_silent_while_printing(make_printer, printer_board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos_press._MARGIN", 0.5)
    printer_board.set(speed_mm_s=100)
    order(make_printer(), LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer_board.set(silent=True)
    assert ear.answer("p").error.reason is Reason.SILENT


def test_noise_before_each_answer_is_no_hindrance(make_printer, printer_board, ear):
    printer_board.set(garbage="before", faulty=6)
    printer = make_printer()
    order(printer)
    assert isinstance(ear.answer("p"), Printed)


def test_unplugged_while_printing(make_printer, printer_board, ear):
    printer_board.set(speed_mm_s=50)
    printer = make_printer()
    order(printer, LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer_board.unplug()
    failed = ear.answer("p")
    assert failed.error.reason is Reason.UNPLUGGED
    assert printer.status.supplies["upper"] is Level.UNKNOWN
    printer_board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    printer_board.set(speed_mm_s=2000)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    torn, again = papers(printer_board)
    assert not torn.cut
    assert again.text.startswith("鹿城市政务服务中心")
    assert len(ear.finals("p")) == 1


def test_plug_pulled_within_an_image_on_a_printer_that_cannot_clear(make_printer, printer_board, ear):
    printer_board.set(clears=False, speed_mm_s=20)
    printer = make_printer(answer_ms=500)
    order(printer, Paper(tuple(Line(f"王㛃 {number}", 3) for number in range(10))))
    ear.until(lambda: papers(printer_board), "first row")
    printer_board.unplug()
    assert ear.answer("p").error.reason is Reason.UNPLUGGED
    printer_board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    printer_board.set(speed_mm_s=2000)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    assert len(whole(printer_board)) == 1
