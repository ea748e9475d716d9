"""Health checks of the receipt printer, and what it counts."""

import math
from itertools import pairwise
from types import SimpleNamespace

import pytest
from receipts import TICKET, order, papers, whole

from drivers.bench.escpos_sheet import QrRow, RasterRow
from drivers.contract import (
    CheckHealth,
    DeviceState,
    Done,
    Failed,
    HealthChecked,
    HealthLevel,
    Level,
    Line,
    PersonAnswered,
    PersonAsked,
    Printed,
    SupplyReplenish,
)
from drivers.errors import Action, Reason
from drivers.printers.escpos_encode import Page, encode
from drivers.printers.escpos_page import check_page
from drivers.printers.escpos_settings import Settings
from drivers.printers.escpos_stock import Stock

ONLINE, USER_ERROR, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.USER_ERROR, DeviceState.HARDWARE_ERROR


def check(printer, level, command_id="h"):
    printer.do(CheckHealth(role="printer", id=command_id, level=level))


def test_an_external_check_prints_a_page_that_says_who_the_printer_is(make_printer, printer_board, ear):
    check(make_printer(), HealthLevel.EXTERNAL)
    checked = ear.answer("h")
    assert isinstance(checked, HealthChecked)
    assert checked.passed
    assert checked.findings["serial"] == "9999990001"
    (page,) = whole(printer_board)
    assert "TP-80 BENCH" in page.text
    assert "政务服务自助终端打印测试" in page.text
    assert any(isinstance(row, QrRow) and row.data == b"CHECK 9999990001" for row in page.rows)
    assert not any(isinstance(row, RasterRow) for row in page.rows), "all of it is in every Chinese ROM"


@pytest.mark.parametrize("columns", [16, 32, 48, 96])
def test_the_pattern_of_the_page_covers_the_whole_width_and_rolls(columns):
    rows = [block.text for block in check_page(columns, {}).blocks if isinstance(block, Line) and len(block.text) == columns and block.text.isascii()]
    assert len(rows) >= 6
    assert all(after[:-1] == before[1:] for before, after in pairwise(rows[:6]))
    assert encode(check_page(columns, {"serial": "1"}), Page(columns=columns)).length_mm < 300


def test_an_external_check_fails_where_the_page_does_not_come_out(make_printer, printer_board, ear):
    printer_board.set(cover_after_lines=3)
    check(make_printer(patience_s=0.2), HealthLevel.EXTERNAL)
    assert ear.answer("h").error.reason is Reason.COVER_OPEN


def test_an_external_check_prints_nothing_without_paper(make_printer, printer_board, ear):
    printer_board.set(paper="out")
    check(make_printer(USER_ERROR), HealthLevel.EXTERNAL)
    assert ear.answer("h").error.reason is Reason.PAPER_OUT
    assert papers(printer_board) == []


def test_an_interactive_check_asks_whether_the_page_can_be_read(make_printer, printer_board, ear):
    printer = make_printer()
    check(printer, HealthLevel.INTERACTIVE)
    asked = ear.first(PersonAsked)
    assert (asked.key, asked.choices) == ("check-print-readable", ("yes", "no"))
    assert len(whole(printer_board)) == 1, "the page is there before somebody is asked"
    printer.do(PersonAnswered(role="printer", id="a", of="h", choice="yes"))
    assert ear.answer("h").passed


def test_a_page_that_cannot_be_read_fails_the_check(make_printer, ear):
    printer = make_printer()
    check(printer, HealthLevel.INTERACTIVE)
    ear.first(PersonAsked)
    printer.do(PersonAnswered(role="printer", id="a", of="h", choice="no"))
    error = ear.answer("h").error
    assert (error.reason, error.action) == (Reason.CHECK_FAILED, Action.MAINTENANCE)
    assert printer.status.state is ONLINE


def test_what_was_printed_and_cut_is_counted(make_printer, printer_board, ear):
    printer = make_printer()
    for number in range(3):
        order(printer, command_id=str(number))
        ear.answer(str(number))
    length = math.ceil(encode(TICKET, Page()).length_mm)
    counts = printer.counters
    assert (counts["paperPrintedCount"], counts["paperCutCount"]) == (3, 3)
    assert counts["printedMmCount"] == counts["upperSinceReplenish"] == 3 * length
    assert not {"failedPrintCount", "failedPaperCutCount"} & counts.keys()


def test_the_counted_length_is_about_what_the_paper_measures(make_printer, printer_board, ear):
    printer = make_printer()
    order(printer)
    ear.answer("p")
    printed = (sum(row.dots for row in papers(printer_board)[0].rows) + 160) / 8
    assert abs(printer.counters["printedMmCount"] - printed) < 0.1 * printed


def test_a_paper_printed_again_counts_twice_in_length_and_once_as_a_paper(make_printer, printer_board, ear):
    printer = make_printer()
    order(printer, command_id="1")
    ear.answer("1")
    once = printer.counters["printedMmCount"]
    printer_board.set(cover_after_lines=3)
    order(printer, command_id="2")
    ear.state(ONLINE, USER_ERROR)
    printer_board.set(cover="closed")
    assert isinstance(ear.answer("2"), Printed)
    assert printer.counters["printedMmCount"] == 3 * once
    assert (printer.counters["paperPrintedCount"], printer.counters["paperCutCount"]) == (2, 3)


def test_a_cutter_that_fails_is_counted(make_printer, printer_board, ear):
    printer_board.set(jam="cutter")
    printer = make_printer(patience_s=0.2)
    order(printer)
    assert ear.answer("p").error.reason is Reason.CUTTER
    assert (printer.counters["failedPaperCutCount"], printer.counters["failedPrintCount"]) == (1, 1)
    assert "paperCutCount" not in printer.counters


def test_without_a_sensor_the_counted_length_tells_that_paper_is_low(make_printer, printer_board, ear):
    printer = make_printer(roll_m=1)
    assert printer.status.supplies["upper"] is Level.FULL
    for number in range(12):
        if printer.status.supplies["upper"] is Level.LOW:
            break
        order(printer, command_id=str(number))
        assert isinstance(ear.answer(str(number)), Printed)
    assert printer.counters["upperSinceReplenish"] > 900
    ear.until(lambda: printer.status.supplies["upper"] is Level.LOW)
    assert printer.status.state is ONLINE
    printer.do(SupplyReplenish(role="printer", id="s", supply="upper"))
    assert isinstance(ear.answer("s"), Done)
    ear.until(lambda: printer.status.supplies["upper"] is Level.FULL)
    assert printer.counters["upperSinceReplenish"] == 0
    assert printer.counters["printedMmCount"] > 900


@pytest.mark.parametrize(
    ("settings", "counted", "sensor", "levels"),
    [
        ({}, {"upperSinceReplenish": 99_999}, Level.FULL, {"upper": Level.FULL}),
        ({"roll_m": 80}, {"upperSinceReplenish": 72_000}, Level.FULL, {"upper": Level.FULL}),
        ({"roll_m": 80}, {"upperSinceReplenish": 72_001}, Level.FULL, {"upper": Level.LOW}),
        ({"roll_m": 80}, {"upperSinceReplenish": 99_999}, Level.OUT, {"upper": Level.OUT}),
        ({"roll_m": 80}, {"upperSinceReplenish": 99_999}, Level.UNKNOWN, {"upper": Level.UNKNOWN}),
        ({"presenter": "gs_e"}, {"retractBinSinceReplenish": 99}, Level.FULL, {"upper": Level.FULL, "retractBin": Level.NOT_SUPPORTED}),
        ({"presenter": "gs_e", "bin_papers": 20}, {"retractBinSinceReplenish": 18}, Level.LOW, {"upper": Level.LOW, "retractBin": Level.OK}),
        ({"presenter": "gs_e", "bin_papers": 20}, {"retractBinSinceReplenish": 19}, Level.FULL, {"upper": Level.FULL, "retractBin": Level.HIGH}),
        ({"presenter": "gs_e", "bin_papers": 20}, {"retractBinSinceReplenish": 20}, Level.FULL, {"upper": Level.FULL, "retractBin": Level.FULL}),
    ],
)
def test_levels_that_are_counted(settings, counted, sensor, levels):
    link = SimpleNamespace(counted=lambda name: counted.get(name, 0))
    assert Stock(Settings(port="none", **settings)).levels(link, sensor) == levels


def test_a_printer_that_says_who_it_is_only_later_is_counted_under_its_serial_number(make_printer, printer_board, ear, tmp_path, device):
    printer_board.set(cover="open")
    printer = make_printer(USER_ERROR)
    assert printer.status.identity == {}
    printer_board.set(cover="closed")
    ear.until(lambda: printer.status.identity.get("serial") == "9999990001")
    order(printer)
    assert isinstance(ear.answer("p"), Printed)
    assert printer.counters["paperPrintedCount"] == 1
    printer_board.unplug()
    printer_board.plug()
    ear.until(lambda: printer.counters.get("reconnectCount"))
    assert printer.counters["paperPrintedCount"] == 1


def test_an_order_that_failed_is_counted_and_one_that_was_cancelled_is_not(make_printer, printer_board, ear):
    printer_board.set(paper="out")
    printer = make_printer(USER_ERROR)
    order(printer)
    assert isinstance(ear.answer("p"), Failed)
    assert printer.counters["failedPrintCount"] == 1
