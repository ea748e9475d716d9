"""The receipt printer on the bench, one test for each mishap."""

import threading
import time

import pytest
import serial

from drivers.bench import escpos_sheet
from drivers.bench.escpos_sheet import QrRow, RasterRow, TextRow
from drivers.contract import (
    Align,
    Cancel,
    DeviceState,
    Failed,
    Feed,
    Level,
    Line,
    Pair,
    Paper,
    Part,
    Print,
    Printed,
    Qr,
    Reset,
    Rule,
    StatusChanged,
)
from drivers.errors import Action, Reason

ONLINE, USER_ERROR, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.USER_ERROR, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR
TICKET = Paper(
    (
        Line("鹿城市政务服务中心", 2, Align.CENTER),
        Rule(),
        Line("A012", 6, Align.CENTER, bold=True),
        Pair("前面等候", "8 人"),
        Pair("办理地点", "二楼 B 区 12-18 号窗口"),
        Feed(),
        Qr("https://zwfw.invalid/t/A012?k=7Q3M9X2K"),
        Line("请妥善保管本凭条"),
    )
)
LONG = Paper(tuple(Line(f"第 {number} 行") for number in range(80)))
PATIENCE = 10.0
HANDS = 0.5  # s: nobody changes a roll faster


@pytest.fixture
def board(bench):
    board = bench("receipt_printer")
    board.set(speed_mm_s=2000)
    return board


@pytest.fixture
def make(board, device, ear):
    def start(*states, **settings):
        settings = {"answer_ms": 300, "health_ms": 200, "patience_s": 20.0, "speed_mm_s": 2000} | settings
        printer = device("printers.escpos", "printer", port=board.port, **settings)
        printer.start(ear)
        ear.state(*(states or (ONLINE,)))
        return printer

    return start


def order(printer, paper=TICKET, command_id="p"):
    printer.do(Print(role="printer", id=command_id, paper=paper))


def papers(board):
    return [escpos_sheet.from_json(path.read_bytes()) for path in sorted((board.folder / "papers").glob("*.json"))]


def whole(board):
    return [paper for paper in papers(board) if paper.cut and not paper.spoiled]


def upper(ear):
    return [event.status.supplies["upper"] for event in ear.events if isinstance(event, StatusChanged)]


def wait_for(ear, seen, what):
    ear.until(seen, what)


def test_a_ticket_is_printed_as_it_was_meant(make, board, ear):
    order(make())
    assert isinstance(ear.answer("p"), Printed)
    (paper,) = papers(board)
    assert paper.cut
    texts = [row.text for row in paper.rows if isinstance(row, TextRow)]
    assert texts == ["鹿城市政务服务中心", "-" * 24, "A012", "前面等候" + " " * 36 + "8 人", "办理地点" + " " * 18 + "二楼 B 区 12-18 号窗口", "请妥善保管本凭条"]
    number = paper.rows[2]
    assert (number.align, number.spans[0].width, number.spans[0].height, number.spans[0].bold) == ("center", 6, 6, True)
    (code,) = (row for row in paper.rows if isinstance(row, QrRow))
    assert (code.data, code.level, code.module, code.align) == (b"https://zwfw.invalid/t/A012?k=7Q3M9X2K", "M", 6, "center")


def test_identity_is_part_of_the_status(make):
    assert make().status.identity == {
        "maker": "LUCHENG",
        "model": "TP-80 BENCH",
        "serial": "9999990001",
        "firmware": "1.07",
        "charset": "gb2312",
        "charset_from": "printer",
        "confirms": "printed",
    }


def test_a_printer_that_does_not_say_who_it_is_has_the_configured_charset(make, board, ear):
    board.set(identify=False)
    printer = make(charset="gb18030")
    assert printer.status.identity == {"charset": "gb18030", "charset_from": "settings", "confirms": "printed"}


def test_gb2312_rom_gets_rare_character_as_raster(make, board, ear):
    order(make(), Paper((Line("申请人：王㛃"), Line("申请人：王某"))))
    assert isinstance(ear.answer("p"), Printed)
    assert [type(row) for row in papers(board)[0].rows] == [RasterRow, escpos_sheet.FeedRow, TextRow]


def test_gb18030_rom_has_more_characters(make, board, ear):
    board.set(charset="GB18030")
    order(make(), Paper((Line("朱镕基路"), Line("王㛃"))))
    assert isinstance(ear.answer("p"), Printed)
    assert [type(row) for row in papers(board)[0].rows] == [TextRow, RasterRow, escpos_sheet.FeedRow]
    assert papers(board)[0].text == "朱镕基路"


def test_printer_without_fn48_is_asked_by_gs_r(make, board, ear):
    board.set(fn48=False)
    printer = make()
    assert printer.status.identity["confirms"] == "processed"
    for number in range(3):
        order(printer, command_id=str(number))
        assert isinstance(ear.answer(str(number)), Printed)
        assert len(whole(board)) == number + 1
    assert len(papers(board)) == 3


def test_printer_that_cannot_confirm_at_all_fails_with_a_timeout_and_not_as_silent(make, board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos._MARGIN", 0.5)
    board.set(fn48=False, gs_r=False)
    order(make())
    assert ear.answer("p").error.reason is Reason.TIMEOUT


def test_printer_without_asb_is_usable(make, board, ear):
    board.set(asb=False)
    printer = make()
    order(printer)
    assert isinstance(ear.answer("p"), Printed)
    board.set(cover="open")
    ear.state(ONLINE, USER_ERROR)
    assert printer.status.parts["cover"] is Part.OPEN


def test_asb_tells_a_change_before_the_next_question(make, board, ear):
    make(health_ms=60_000)
    board.set(paper="low")
    wait_for(ear, lambda: upper(ear)[-1] is Level.LOW, "low")
    board.set(paper="out")
    wait_for(ear, lambda: upper(ear)[-1] is Level.OUT, "out")
    assert ear.states()[-1] is USER_ERROR


def test_silence_is_not_paper_out(make, board, ear):
    printer = make()
    board.set(silent=True)
    ear.state(ONLINE, POWER_OFF)
    assert printer.status.error.reason is Reason.SILENT
    assert printer.status.supplies == {"upper": Level.UNKNOWN}
    assert set(printer.status.parts.values()) == {Part.UNKNOWN}


def test_a_printer_silent_from_the_start_has_unknown_paper(make, board, ear):
    board.set(silent=True)
    printer = make(POWER_OFF)
    assert printer.status.supplies == {"upper": Level.UNKNOWN}
    order(printer)
    assert ear.answer("p").error.reason is Reason.SILENT


def test_printer_falls_silent_while_printing(make, board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos._MARGIN", 0.5)
    board.set(speed_mm_s=100)
    order(make(), LONG)
    wait_for(ear, lambda: papers(board), "first row")
    board.set(silent=True)
    assert ear.answer("p").error.reason is Reason.SILENT


def test_noise_before_each_answer_is_no_hindrance(make, board, ear):
    board.set(garbage="before", faulty=6)
    printer = make()
    order(printer)
    assert isinstance(ear.answer("p"), Printed)


def test_nothing_is_sent_while_the_paper_is_out(make, board, ear):
    board.set(paper="out")
    printer = make(USER_ERROR)
    order(printer)
    assert ear.answer("p").error.reason is Reason.PAPER_OUT
    assert ear.answer("p").error.action is Action.CLEAR
    board.set(paper="full")
    ear.state(USER_ERROR, ONLINE)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    assert len(papers(board)) == 1
    assert printer.status.identity["model"] == "TP-80 BENCH"


def test_cover_opened_while_printing(make, board, ear):
    board.set(cover_after_lines=3)
    printer = make()
    order(printer)
    ear.state(ONLINE, USER_ERROR)
    assert printer.status.error.reason is Reason.COVER_OPEN
    assert ear.finals("p") == []
    board.set(cover="closed")
    assert isinstance(ear.answer("p"), Printed)
    begun, again = papers(board)
    assert begun.spoiled == "coverOpen"
    assert again.text.startswith("鹿城市政务服务中心")
    assert not again.spoiled
    assert len(ear.finals("p")) == 1


@pytest.mark.parametrize("clears", [True, False])
@pytest.mark.parametrize("fn48", [True, False])
@pytest.mark.parametrize("asb", [True, False])
def test_paper_ran_out_in_the_middle_prints_again_from_the_start(make, board, ear, clears, fn48, asb):
    board.set(paper_after_lines=4, clears=clears, fn48=fn48, asb=asb)
    printer = make()
    order(printer)
    ear.state(ONLINE, USER_ERROR)
    assert printer.status.supplies["upper"] is Level.OUT
    threading.Event().wait(HANDS)
    assert ear.finals("p") == []
    board.set(paper="full")
    assert isinstance(ear.answer("p"), Printed)
    torn, *rest, last = papers(board)
    assert (torn.spoiled, torn.cut) == ("paperOut", False)
    assert last.cut
    assert last.text.startswith("鹿城市政务服务中心")
    assert last.text.endswith("请妥善保管本凭条")
    assert len(rest) == (0 if clears else 1), "without clear the printer first works off what it still had"


@pytest.mark.parametrize("after", range(1, 9))
def test_paper_ends_after_any_row(make, board, ear, after):
    board.set(paper_after_lines=after)
    order(make())
    wait_for(ear, lambda: ear.finals("p") or board.get()["paper"] == "out", "paper end or end")
    wait_for(ear, lambda: ear.finals("p") or USER_ERROR in ear.states(), "told")
    board.set(paper="full")
    assert isinstance(ear.answer("p"), Printed)
    assert any(paper.text.endswith("请妥善保管本凭条") and len(paper.rows) >= 9 for paper in papers(board) if paper.cut)


def test_paper_is_not_refilled_in_time_and_nothing_comes_out_later(make, board, ear):
    board.set(paper_after_lines=4)
    printer = make(patience_s=0.5)
    order(printer)
    failed = ear.answer("p")
    assert (failed.error.reason, failed.error.action) == (Reason.PAPER_OUT, Action.CLEAR)
    board.set(paper="full")
    ear.state(ONLINE, USER_ERROR, ONLINE)
    order(printer, Paper((Line("B"),)), "q")
    assert isinstance(ear.answer("q"), Printed)
    assert [paper.text for paper in papers(board) if paper.cut] == ["B"]


def test_paper_that_runs_out_again_and_again_is_given_up(make, board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos._ATTEMPTS", 2)
    board.set(paper_after_lines=4)
    order(make())
    ear.state(ONLINE, USER_ERROR)
    threading.Event().wait(HANDS)
    board.set(paper="full", paper_after_lines=4)
    ear.state(ONLINE, USER_ERROR, ONLINE, USER_ERROR)
    board.set(paper="full")
    assert ear.answer("p").error.detail == "stopped 2 times"


def test_cutter_jammed_and_freed(make, board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos._RECOVERY_GAP", 0.2)
    board.set(jam="cutter")
    printer = make()
    order(printer)
    ear.state(ONLINE, HARDWARE_ERROR)
    assert (printer.status.parts["cutter"], printer.status.error.reason) == (Part.JAMMED, Reason.CUTTER)
    board.set(jam="")
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(board)) == 1


def test_cutter_that_stays_jammed_is_recovered_three_times_and_no_more(make, board, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos._RECOVERY_GAP", 0.05)
    board.set(jam="cutter")
    printer = make(patience_s=3.0)
    order(printer)
    error = ear.answer("p").error
    assert (error.reason, error.action) == (Reason.CUTTER, Action.CLEAR)
    assert "3 recoveries" in error.detail
    board.set(jam="")
    printer.do(Reset(role="printer", id="r"))
    ear.answer("r")
    wait_for(ear, lambda: printer.status.state is ONLINE, "online")


def test_unplugged_while_printing(make, board, ear):
    board.set(speed_mm_s=50)
    printer = make()
    order(printer, LONG)
    wait_for(ear, lambda: papers(board), "first row")
    board.unplug()
    failed = ear.answer("p")
    assert failed.error.reason is Reason.UNPLUGGED
    assert printer.status.supplies["upper"] is Level.UNKNOWN
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    board.set(speed_mm_s=2000)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    torn, again = papers(board)
    assert not torn.cut
    assert again.text.startswith("鹿城市政务服务中心")
    assert len(ear.finals("p")) == 1


def test_cancelled_while_printing_cuts_off_what_was_begun(make, board, ear):
    board.set(speed_mm_s=50)
    printer = make()
    order(printer, LONG)
    wait_for(ear, lambda: papers(board), "first row")
    printer.do(Cancel(role="printer", id="c", of="p"))
    assert ear.answer("p").error.reason is Reason.CANCELED
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    begun, ticket = papers(board)
    assert (begun.spoiled, begun.cut, ticket.spoiled) == ("cleared", True, "")
    assert len(begun.rows) < 80


def test_hot_head_waits_by_itself(make, board, ear):
    board.set(speed_mm_s=50)
    printer = make()
    order(printer, LONG)
    wait_for(ear, lambda: papers(board), "first row")
    board.set(hot=True, speed_mm_s=2000)
    wait_for(ear, lambda: printer.status.state is DeviceState.DEVICE_BUSY, "busy")
    assert ear.finals("p") == []
    board.set(hot=False)
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(board)) == 1, "a pause is no reason to print again"


def test_status_is_read_while_printing(make, board, ear):
    board.set(speed_mm_s=50)
    printer = make()
    order(printer, LONG)
    wait_for(ear, lambda: papers(board), "first row")
    board.set(paper="low")
    wait_for(ear, lambda: printer.status.supplies["upper"] is Level.LOW, "low")
    assert ear.finals("p") == []
    board.set(speed_mm_s=5000)
    assert isinstance(ear.answer("p"), Printed)


@pytest.mark.parametrize("asb", [True, False])
def test_small_buffer_full_when_the_paper_ends(make, board, ear, asb, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos._STALL", 0.5)
    monkeypatch.setattr("drivers.printers.escpos._GLANCE", 0.1)
    rare = Paper(tuple(Line(f"王㛃 {number}", 4) for number in range(12)))
    board.set(buffer=256, paper_after_lines=5, asb=asb)
    printer = make()
    order(printer, rare)
    wait_for(ear, lambda: board.get()["paper"] == "out", "out")
    if asb:
        ear.state(ONLINE, USER_ERROR)
    else:
        threading.Event().wait(1.5)  # nothing can be seen or asked: that it stands still is all there is
    board.set(paper="full")
    assert isinstance(ear.answer("p"), Printed)
    assert sum(isinstance(row, RasterRow) for row in papers(board)[-1].rows) == 12


def test_two_printers_of_which_one_is_58_mm(make, board, ear):
    board.set(columns=32)
    order(make(columns=32), Paper((Rule(), Line("一" * 17), Qr("x" * 200, 16))))
    assert isinstance(ear.answer("p"), Printed)
    (paper,) = papers(board)
    assert paper.text.split("\n") == ["-" * 16, "一" * 16, "一"]
    assert paper.rows[-2].dots <= 384


def test_what_cannot_be_on_a_paper_fails_and_nothing_is_printed(make, board, ear):
    order(make(), Paper((Line("a"), Qr("a\x10\x04\x01"))))
    assert ear.answer("p").error.reason is Reason.UNSUPPORTED
    assert papers(board) == []


def test_a_job_takes_little_more_than_the_line(make, board, ear):
    board.set(speed_mm_s=1_000_000)
    printer = make(baud=19200)
    paper = Paper(tuple(Line(f"王㛃 {number}", 2) for number in range(6)))
    began = time.monotonic()
    order(printer, paper)
    assert isinstance(ear.answer("p"), Printed)
    took = time.monotonic() - began
    size = len(next((board.folder / "papers").glob("*.bin")).read_bytes())
    assert size * 10 / 19200 <= took < 1.15 * size * 10 / 19200 + 0.3


def test_failed_answers_hold_no_text_of_the_paper(make, board, ear):
    board.set(paper_after_lines=2)
    order(make(patience_s=0.0))
    assert isinstance(ear.answer("p"), Failed)
    assert "鹿城" not in repr(ear.events)


def test_plug_pulled_within_an_image_on_a_printer_that_cannot_clear(make, board, ear):
    board.set(clears=False, speed_mm_s=20)
    printer = make(answer_ms=100)
    order(printer, Paper(tuple(Line(f"王㛃 {number}", 3) for number in range(10))))
    wait_for(ear, lambda: papers(board), "first row")
    board.unplug()
    assert ear.answer("p").error.reason is Reason.UNPLUGGED
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    board.set(speed_mm_s=2000)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)
    assert len(whole(board)) == 1


def test_an_unrecoverable_error_is_not_waited_for(make, board, ear):
    board.set(speed_mm_s=50)
    printer = make()
    order(printer, LONG)
    wait_for(ear, lambda: papers(board), "first row")
    board.set(broken=True)
    error = ear.answer("p").error
    assert (error.reason, error.action) == (Reason.HARDWARE, Action.MAINTENANCE)
    assert printer.status.parts["mechanism"] is Part.INOPERATIVE


def test_a_job_begins_once_the_feed_button_is_let_go(make, board, ear):
    board.set(feeding=True)
    printer = make(DeviceState.DEVICE_BUSY)
    order(printer)
    threading.Event().wait(HANDS)
    assert ear.finals("p") == []
    board.set(feeding=False)
    assert isinstance(ear.answer("p"), Printed)
    assert len(papers(board)) == 1


def test_a_feed_button_held_for_ever_is_no_fault(make, board, ear):
    board.set(feeding=True)
    order(make(DeviceState.DEVICE_BUSY, patience_s=0.1))
    assert (ear.answer("p").error.reason, ear.answer("p").error.action) == (Reason.TIMEOUT, Action.WAIT)


def test_a_printer_given_up_that_cannot_clear_is_told_in_the_log(make, board, ear, caplog):
    board.set(paper_after_lines=3, clears=False)
    order(make(patience_s=0.0))
    assert ear.answer("p").error.reason is Reason.PAPER_OUT
    assert "may still print the rest" in caplog.text


def test_the_bench_answers_as_a_printer_does(board):
    with serial.Serial(board.port, 115200, timeout=PATIENCE, exclusive=True) as line:
        board.set(speed_mm_s=10)
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
        board.set(paper="low")
        assert line.read(4) == b"\x10\x00\x03\x00"
        board.set(cover="open")
        assert line.read(4) == b"\x38\x00\x03\x00"
