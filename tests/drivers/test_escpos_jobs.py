"""The receipt printer on the bench: what comes out when nothing goes wrong, and when the order itself is the trouble."""


from receipts import LONG, order, papers

from drivers.bench.escpos_sheet import QrRow, TextRow
from drivers.contract import Cancel, Level, Line, Paper, Printed, Qr
from drivers.errors import Reason
from drivers.printers import escpos_press, escpos_talk


def test_a_ticket_is_printed_as_it_was_meant(make_printer, printer_board, ear):
    order(make_printer())
    assert isinstance(ear.answer("p"), Printed)
    (paper,) = papers(printer_board)
    assert paper.cut
    texts = [row.text for row in paper.rows if isinstance(row, TextRow)]
    assert texts == ["鹿城市政务服务中心", "-" * 24, "A012", "前面等候" + " " * 36 + "8 人", "办理地点" + " " * 18 + "二楼 B 区 12-18 号窗口", "请妥善保管本凭条"]
    number = paper.rows[2]
    assert (number.align, number.spans[0].width, number.spans[0].height, number.spans[0].bold) == ("center", 6, 6, True)
    (code,) = (row for row in paper.rows if isinstance(row, QrRow))
    assert (code.data, code.level, code.module, code.align) == (b"https://zwfw.invalid/t/A012?k=7Q3M9X2K", "M", 6, "center")


def test_what_cannot_be_on_a_paper_fails_and_nothing_is_printed(make_printer, printer_board, ear):
    order(make_printer(), Paper((Line("a"), Qr("a\x10\x04\x01"))))
    assert ear.answer("p").error.reason is Reason.UNSUPPORTED
    assert papers(printer_board) == []


def test_status_is_read_while_printing(make_printer, printer_board, ear):
    printer_board.set(speed_mm_s=50)
    printer = make_printer()
    order(printer, LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer_board.set(paper="low")
    ear.until(lambda: printer.status.supplies["upper"] is Level.LOW, "low")
    assert ear.finals("p") == []
    printer_board.set(speed_mm_s=5000)
    assert isinstance(ear.answer("p"), Printed)


def test_cancelled_while_printing_cuts_off_what_was_begun(make_printer, printer_board, ear):
    printer_board.set(speed_mm_s=50)
    printer = make_printer()
    order(printer, LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer.do(Cancel(role="printer", id="c", of="p"))
    assert ear.answer("p").error.reason is Reason.CANCELED
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    begun, ticket = papers(printer_board)
    assert (begun.spoiled, begun.cut, ticket.spoiled) == ("cleared", True, "")
    assert len(begun.rows) < 80


def test_stopped_while_printing_leaves_nothing_to_come_out_later(make_printer, printer_board, ear, monkeypatch):
    monkeypatch.setattr(escpos_press, "_HASTE", 10.0)  # a bench on a loaded machine takes its time, where a cable does not
    monkeypatch.setattr(escpos_talk, "_LAST", 1.0)
    printer_board.set(speed_mm_s=50)
    printer = make_printer(answer_ms=10_000)
    order(printer, LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer.stop()
    assert ear.answer("p").error.reason is Reason.CANCELED
    printer_board.set(speed_mm_s=2000)
    ear.until(lambda: papers(printer_board)[0].cut, "cut off")
    printer.start(ear)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    begun, ticket = papers(printer_board)
    assert (begun.spoiled, ticket.spoiled) == ("cleared", "")
    assert len(begun.rows) < 80
