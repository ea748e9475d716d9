"""A receipt printer that says what nobody asked, says it wrong, or never stops; on a serial line and on the network."""

from types import SimpleNamespace

import pytest
from receipts import LONG, order, papers, whole

from drivers.contract import Cancel, DeviceState, Level, Printed
from drivers.errors import Reason
from drivers.printers.escpos_settings import Settings
from drivers.printers.escpos_stock import Stock
from drivers.printers.escpos_talk import Talk

ONLINE, POWER_OFF, USER_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.USER_ERROR
NOISE = "55aa80ff" * 8  # no reply of any kind


@pytest.fixture(params=["receipt_printer", "network_printer"])
def wired(request, bench, device, ear):
    """The printer's bench, and what starts its driver."""
    board = bench(request.param)
    board.set(speed_mm_s=2000)

    def start(*states, **settings):
        port = board.port if request.param == "receipt_printer" else f"socket://{board.address}"
        printer = device("printers.escpos", "printer", port=port, **{"answer_ms": 300, "health_ms": 200, "patience_s": 20.0, "speed_mm_s": 2000, **settings})
        printer.start(ear)
        ear.state(*(states or (ONLINE,)))
        return printer

    return board, start


def test_automatic_status_in_front_of_every_answer(wired, ear):
    board, start = wired
    board.set(between=True)
    printer = start()
    order(printer)
    assert isinstance(ear.answer("p"), Printed)
    assert ear.states() == [ONLINE]


@pytest.mark.parametrize("fn48", [True, False])
def test_a_printer_that_talks_without_end_still_prints(wired, ear, fn48):
    board, start = wired
    board.set(fn48=fn48)
    printer = start()
    board.set(babble=NOISE)
    order(printer)
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(board)) == 1
    printer.stop()


@pytest.mark.parametrize("babble", [NOISE, "10000000", "5f41", "12"])
def test_a_printer_that_talks_without_end_and_answers_nothing_can_be_cancelled_and_stopped(wired, ear, babble):
    board, start = wired
    board.set(speed_mm_s=20)
    printer = start()
    order(printer, LONG)
    ear.until(lambda: papers(board), "first row")
    board.set(real_time=False, fn48=False, clears=False, babble=babble)
    printer.do(Cancel(role="printer", id="c", of="p"))
    assert ear.answer("p").error.reason is Reason.CANCELED
    printer.stop()


def test_a_line_that_only_echoes_is_no_printer(wired, ear):
    board, start = wired
    board.set(echo=True, silent=True)
    printer = start(POWER_OFF, answer_ms=50)
    assert printer.status.error.reason is Reason.SILENT
    assert printer.status.supplies["upper"] is Level.UNKNOWN
    order(printer)
    assert ear.answer("p").error.reason is Reason.SILENT
    assert papers(board) == []


def test_answers_cut_short_after_two_bytes(wired, ear, monkeypatch):
    monkeypatch.setattr("drivers.printers.escpos_press._AGAIN", 0.2)
    board, start = wired
    board.set(half_frame=2)
    printer = start(answer_ms=200)
    assert set(printer.status.identity) == {"charset", "charset_from", "confirms"}
    order(printer)
    assert isinstance(ear.answer("p"), Printed)


@pytest.mark.parametrize("fn48", [True, False])
def test_the_word_that_a_paper_is_printed_is_lost(wired, ear, monkeypatch, fn48):
    monkeypatch.setattr("drivers.printers.escpos_press._AGAIN", 0.2)
    board, start = wired
    board.set(fn48=fn48, speed_mm_s=100)
    printer = start()
    order(printer)
    ear.until(lambda: papers(board), "first row")
    board.set(silent=True)
    ear.until(lambda: whole(board), "printed and nobody heard it")
    board.set(silent=False)
    assert isinstance(ear.answer("p"), Printed)
    assert len(papers(board)) == 1, "asked again, not printed again"


def test_cover_opened_while_printing_on_any_line(wired, ear):
    board, start = wired
    board.set(cover_after_lines=3)
    printer = start()
    order(printer)
    ear.state(ONLINE, USER_ERROR)
    board.set(cover="closed")
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(board)) == 1


def test_paper_ended_in_the_middle_on_any_line(wired, ear):
    board, start = wired
    board.set(paper_after_lines=4)
    printer = start()
    order(printer)
    ear.state(ONLINE, USER_ERROR)
    assert printer.status.supplies["upper"] is Level.OUT
    board.set(paper="full")
    assert isinstance(ear.answer("p"), Printed)
    assert len(whole(board)) == 1


def test_the_printer_s_plug_is_pulled_while_it_prints_on_any_line(wired, ear):
    board, start = wired
    board.set(speed_mm_s=50)
    printer = start()
    order(printer, LONG)
    ear.until(lambda: papers(board), "first row")
    board.unplug()
    assert ear.answer("p").error.reason is Reason.UNPLUGGED
    board.set(speed_mm_s=2000)
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    order(printer, command_id="q")
    assert isinstance(ear.answer("q"), Printed)


def test_one_byte_of_noise_does_not_pass_for_the_word_that_a_paper_is_printed():
    sent = []
    link = SimpleNamespace(send=sent.append)
    settings = Settings(port="none")
    talk = Talk(settings, Stock(settings))
    talk.mark(link)
    talk.take(b"\x00")
    assert not talk.marked
    talk.take(b"\x00")
    assert talk.marked
    assert sent == [b"\x1dr\x01\x1dr\x01"]
    talk.mark(link)
    talk.mark(link)
    talk.take(b"\x00\x00")
    assert talk.marked, "asked again, the two answers that came are those of either question"
