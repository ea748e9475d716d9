"""Receipt printers that can more or less: who they say they are, what they have pictures of, how they confirm."""

import serial
from receipts import order, papers, whole

from drivers.bench import escpos_sheet
from drivers.bench.escpos_sheet import RasterRow, TextRow
from drivers.contract import DeviceState, Level, Line, Paper, Part, Printed, Qr, Rule, StatusChanged
from drivers.errors import Reason

ONLINE, USER_ERROR = DeviceState.ONLINE, DeviceState.USER_ERROR
PATIENCE = 10.0


def upper(ear):
    return [event.status.supplies["upper"] for event in ear.events if isinstance(event, StatusChanged)]


def test_identity_is_part_of_the_status(make_printer):
    assert make_printer().status.identity == {
        "maker": "LUCHENG",
        "model": "TP-80 BENCH",
        "serial": "9999990001",
        "firmware": "1.07",
        "charset": "gb2312",
        "charset_from": "printer",
        "confirms": "printed",
    }


def test_a_printer_that_does_not_say_who_it_is_has_the_configured_charset(make_printer, printer_board, ear):
    printer_board.set(identify=False)
    printer = make_printer(charset="gb18030")
    assert printer.status.identity == {"charset": "gb18030", "charset_from": "settings", "confirms": "printed"}


def test_gb2312_rom_gets_rare_character_as_raster(make_printer, printer_board, ear):
    order(make_printer(), Paper((Line("申请人：王㛃"), Line("申请人：王某"))))
    assert isinstance(ear.answer("p"), Printed)
    assert [type(row) for row in papers(printer_board)[0].rows] == [RasterRow, escpos_sheet.FeedRow, TextRow]


def test_gb18030_rom_has_more_characters(make_printer, printer_board, ear):
    printer_board.set(charset="GB18030")
    order(make_printer(), Paper((Line("朱镕基路"), Line("王㛃"))))
    assert isinstance(ear.answer("p"), Printed)
    assert [type(row) for row in papers(printer_board)[0].rows] == [TextRow, RasterRow, escpos_sheet.FeedRow]
    assert papers(printer_board)[0].text == "朱镕基路"


def test_two_printers_of_which_one_is_58_mm(make_printer, printer_board, ear):
    printer_board.set(columns=32)
    order(make_printer(columns=32), Paper((Rule(), Line("一" * 17), Qr("x" * 200, 16))))
    assert isinstance(ear.answer("p"), Printed)
    (paper,) = papers(printer_board)
    assert paper.text.split("\n") == ["-" * 16, "一" * 16, "一"]
    assert paper.rows[-2].dots <= 384


def test_printer_without_fn48_is_asked_by_gs_r(make_printer, printer_board, ear):
    printer_board.set(fn48=False)
    printer = make_printer()
    assert printer.status.identity["confirms"] == "processed"
    for number in range(3):
        order(printer, command_id=str(number))
        assert isinstance(ear.answer(str(number)), Printed)
        assert len(whole(printer_board)) == number + 1
    assert len(papers(printer_board)) == 3


def test_printer_that_cannot_confirm_at_all_fails_with_a_timeout_and_not_as_silent(make_printer, printer_board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos_press._MARGIN", 0.5)
    printer_board.set(fn48=False, gs_r=False)
    order(make_printer())
    assert ear.answer("p").error.reason is Reason.TIMEOUT


def test_printer_without_asb_is_usable(make_printer, printer_board, ear):
    printer_board.set(asb=False)
    printer = make_printer()
    order(printer)
    assert isinstance(ear.answer("p"), Printed)
    printer_board.set(cover="open")
    ear.state(ONLINE, USER_ERROR)
    assert printer.status.parts["cover"] is Part.OPEN


def test_asb_tells_a_change_before_the_next_question(make_printer, printer_board, ear):
    make_printer(health_ms=60_000)
    printer_board.set(paper="low")
    ear.until(lambda: upper(ear)[-1] is Level.LOW, "low")
    printer_board.set(paper="out")
    ear.until(lambda: upper(ear)[-1] is Level.OUT, "out")
    assert ear.states()[-1] is USER_ERROR


def test_the_bench_answers_as_a_printer_does(printer_board):
    with serial.Serial(printer_board.port, 115200, timeout=PATIENCE, exclusive=True) as line:
        printer_board.set(speed_mm_s=10)
        for question, answer in (
            (b"\x1dI\x01\x1dI\x02\x1dI\x03", b"\x20\x03\x01"),
            (b"\x1dIE", b"\x5fCHINA GB2312\x00"),
            (b"\x1da\x0e", b"\x10\x00\x00\x00"),
            (b"\x10", b""),
            (b"\x04", b""),
            (b"\x01", b"\x12"),
            (b"\n\x1dr\x01\x10\x04\x04", b"\x12\x00"),  # real time overtakes what waits for the paper
            (b"abc\x1d(H\x06\x000012ab", b"\x37\x2212ab\x00"),
            (bytes.fromhex("10140801031401060208"), b"\x37\x25\x00"),
        ):
            line.write(question)
            assert line.read(len(answer)) == answer, question
        printer_board.set(paper="low")
        assert line.read(4) == b"\x10\x00\x03\x00"
        printer_board.set(cover="open")
        assert line.read(4) == b"\x38\x00\x03\x00"
