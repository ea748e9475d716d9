"""Papers that are handed out: taken, not taken, jammed on their way back, left from before."""

import pytest
from receipts import LONG, TICKET, order, papers, whole

from drivers.contract import (
    Cancel,
    DeviceState,
    Done,
    Failed,
    Level,
    MediaDetected,
    MediaPresented,
    MediaRetained,
    MediaTaken,
    MediaTo,
    Part,
    Position,
    Printed,
    Reset,
    SupplyReplenish,
)
from drivers.errors import Action, Reason
from drivers.printers import escpos_presenter, escpos_press

ONLINE, USER_ERROR, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.USER_ERROR, DeviceState.HARDWARE_ERROR
MEDIA = (MediaDetected, MediaPresented, MediaRetained, MediaTaken)


def never(board):
    assert board.get()["pushed_out"] == 0, "a paper fell on the floor"


@pytest.fixture(autouse=True)
def kiosk(printer_board):
    printer_board.set(presenter=True)
    yield
    never(printer_board)


@pytest.fixture
def make(make_printer, monkeypatch):
    monkeypatch.setattr(escpos_presenter, "_GLANCE", 0.03)
    monkeypatch.setattr(escpos_presenter, "_RARELY", 0.05)

    def make(*states, **settings):
        return make_printer(*states, **{"presenter": "gs_e", "retract_after_s": 20.0, "hurry_s": 20.0, **settings})

    return make


def media(ear):
    return [type(event) for event in ear.events if isinstance(event, MEDIA)]


def test_a_ticket_is_presented_and_taken(make, printer_board, ear):
    printer = make()
    assert printer.status.parts["presenter"] is Part.NOT_PRESENT
    order(printer)
    assert isinstance(ear.answer("p"), Printed)
    ear.first(MediaPresented)
    ear.until(lambda: printer.status.parts["presenter"] is Part.PRESENT)
    printer_board.set(exit=False)
    ear.first(MediaTaken)
    ear.until(lambda: printer.status.parts["presenter"] is Part.NOT_PRESENT)
    assert media(ear) == [MediaPresented, MediaTaken]
    kinds = [type(event) for event in ear.events]
    assert kinds.index(Printed) < kinds.index(MediaPresented)
    assert len(whole(printer_board)) == 1


def test_a_ticket_not_taken_is_retracted_into_the_bin_and_counted(make, printer_board, ear):
    printer = make(retract_after_s=0.2, bin_papers=10)
    assert printer.status.supplies["retractBin"] is Level.OK
    order(printer)
    assert ear.first(MediaRetained).unit == "retractBin"
    assert media(ear) == [MediaPresented, MediaRetained]
    assert printer_board.get()["bin"] == 1
    assert printer.counters["retractBinSinceReplenish"] == 1


def test_a_ticket_that_is_to_stay_stays(make, printer_board, ear):
    printer = make(retract_after_s=0)
    order(printer)
    ear.first(MediaPresented)
    told = len(ear.events)
    ear.until(lambda: printer.status.parts["presenter"] is Part.PRESENT)
    order(printer, command_id="c")
    printer.do(Cancel(role="printer", id="x", of="c"))
    assert ear.answer("c").error.reason is Reason.CANCELED
    assert MediaRetained not in [type(event) for event in ear.events[told:]]
    assert len(papers(printer_board)) == 1


def test_the_next_ticket_waits_until_the_first_is_taken(make, printer_board, ear):
    printer = make()
    order(printer, command_id="1")
    ear.first(MediaPresented)
    order(printer, command_id="2")
    printer_board.set(exit=False)
    assert isinstance(ear.answer("2"), Printed)
    ear.until(lambda: len(media(ear)) == 3)
    assert media(ear) == [MediaPresented, MediaTaken, MediaPresented]


def test_the_next_ticket_does_not_wait_for_ever(make, printer_board, ear):
    printer = make(hurry_s=0.1)
    order(printer, command_id="1")
    ear.first(MediaPresented)
    order(printer, command_id="2")
    assert isinstance(ear.answer("2"), Printed)
    assert media(ear)[:2] == [MediaPresented, MediaRetained]
    assert printer_board.get()["bin"] == 1


def test_a_ticket_left_at_the_start_is_found_and_taken_back(make, printer_board, ear):
    printer_board.set(exit=True)
    printer = make()
    assert ear.first(MediaDetected).position is Position.BIN
    assert printer_board.get() | {"exit": False, "bin": 1} == printer_board.get()
    assert printer.counters["retractBinSinceReplenish"] == 1


def test_a_ticket_left_from_before_a_pulled_plug_is_found(make, printer_board, ear):
    printer = make()
    order(printer)
    ear.first(MediaPresented)
    printer_board.unplug()
    ear.until(lambda: printer.status.state is DeviceState.POWER_OFF)
    assert printer.status.parts["presenter"] is Part.UNKNOWN
    printer_board.plug()
    assert ear.first(MediaDetected).position is Position.BIN


def test_a_ticket_snatched_before_anybody_could_look_is_not_told(make, printer_board, ear, monkeypatch):
    monkeypatch.setattr(escpos_presenter, "_COMING", 0.0)
    monkeypatch.setattr(escpos_press, "PRESENT", escpos_presenter.EJECT)
    printer = make()
    for number in range(2):
        order(printer, command_id=str(number))
        assert isinstance(ear.answer(str(number)), Printed)
    assert media(ear) == []
    assert printer.status.state is ONLINE


def test_a_retract_that_jams_is_told_and_ends_when_the_paper_is_pulled_out(make, printer_board, ear):
    printer_board.set(jam="presenter")
    printer = make(retract_after_s=0.1)
    order(printer)
    ear.until(lambda: printer.status.state is HARDWARE_ERROR and printer.status.parts["presenter"] is Part.JAMMED, "jam")
    assert (printer.status.error.reason, printer.status.error.action) == (Reason.PAPER_JAMMED, Action.CLEAR)
    assert MediaRetained not in media(ear)
    order(printer, command_id="q")
    assert ear.answer("q").error.reason is Reason.PAPER_JAMMED
    printer_board.set(jam="", exit=False)
    ear.until(lambda: printer.status.state is ONLINE, "online")
    order(printer, command_id="r")
    assert isinstance(ear.answer("r"), Printed)
    assert printer.counters.get("retractBinSinceReplenish", 0) == 0


def test_a_full_bin_takes_nothing_more_until_it_is_emptied(make, printer_board, ear):
    printer = make(retract_after_s=0.1, bin_papers=1)
    order(printer, command_id="1")
    ear.first(MediaRetained)
    ear.until(lambda: printer.status.supplies["retractBin"] is Level.FULL)
    assert printer.status.state is ONLINE, "a full bin is no reason not to print"
    order(printer, command_id="2")
    assert isinstance(ear.answer("2"), Printed)
    ear.until(lambda: printer.status.state is USER_ERROR, "bin full")
    assert printer.status.error.reason is Reason.BIN_FULL
    order(printer, command_id="3")
    assert ear.answer("3").error.reason is Reason.BIN_FULL
    assert printer_board.get()["bin"] == 1
    printer.do(SupplyReplenish(role="printer", id="s", supply="retractBin"))
    assert isinstance(ear.answer("s"), Done)
    ear.until(lambda: printer_board.get()["bin"] == 2, "taken back after all")
    ear.until(lambda: printer.status.state is ONLINE, "online")


@pytest.mark.parametrize(
    ("to", "position", "binned"),
    [(MediaTo.AUTO, Position.BIN, 1), (MediaTo.RETAIN, Position.BIN, 1), (MediaTo.EXIT, Position.EXIT, 0), (MediaTo.CURRENT_POSITION, Position.EXIT, 0)],
)
def test_a_reset_sends_a_paper_where_it_is_told(make, printer_board, ear, to, position, binned):
    printer = make()
    order(printer)
    ear.first(MediaPresented)
    printer.do(Reset(role="printer", id="r", to=to))
    assert isinstance(ear.answer("r"), Done)
    assert ear.first(MediaDetected).position is position
    assert printer_board.get()["bin"] == binned
    assert printer_board.get()["exit"] is (to is MediaTo.CURRENT_POSITION)
    assert MediaTaken not in media(ear)


def test_a_reset_whose_retract_jams_fails(make, printer_board, ear):
    printer_board.set(jam="presenter")
    printer = make()
    order(printer)
    ear.first(MediaPresented)
    printer.do(Reset(role="printer", id="r", to=MediaTo.RETAIN))
    assert ear.answer("r").error.reason is Reason.PAPER_JAMMED
    printer_board.set(exit=False)
    ear.until(lambda: printer.status.state is ONLINE, "online")


def test_a_reset_with_nothing_at_the_exit_tells_no_media(make, printer_board, ear):
    printer = make()
    printer.do(Reset(role="printer", id="r", to=MediaTo.EXIT))
    assert isinstance(ear.answer("r"), Done)
    assert media(ear) == []


def test_a_paper_given_up_in_the_middle_is_not_handed_out(make, printer_board, ear):
    printer_board.set(speed_mm_s=50)
    printer = make()
    order(printer, LONG)
    ear.until(lambda: papers(printer_board), "first row")
    printer.do(Cancel(role="printer", id="c", of="p"))
    assert ear.answer("p").error.reason is Reason.CANCELED
    printer_board.set(speed_mm_s=2000)
    ear.until(lambda: printer_board.get()["bin"] == 1, "begun piece in the bin")
    order(printer, TICKET, "q")
    assert isinstance(ear.answer("q"), Printed)


def test_a_printer_that_does_not_know_the_presenter_still_prints(make, printer_board, ear):
    printer_board.set(presenter=False)
    printer = make(hurry_s=0.2)
    assert printer.status.parts["presenter"] is Part.UNKNOWN
    for number in range(2):
        order(printer, command_id=str(number))
        assert isinstance(ear.answer(str(number)), Printed)
    assert media(ear) == []


def test_without_a_presenter_nothing_of_it_is_told(make_printer, printer_board, ear):
    printer = make_printer()
    assert "presenter" not in printer.status.parts
    assert set(printer.status.supplies) == {"upper"}
    assert printer.capabilities.media_to == (MediaTo.AUTO, MediaTo.CURRENT_POSITION)
    printer.do(Reset(role="printer", id="r", to=MediaTo.RETAIN))
    assert isinstance(ear.answer("r"), Failed)
