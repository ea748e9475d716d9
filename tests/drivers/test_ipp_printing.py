"""The A4 printer's driver on the bench: what happens to a document, a test per mishap."""


import pytest
from a4_documents import PAGES, document, left_over, papers, url
from cups_peers import at

from drivers.contract import (
    Cancel,
    DeviceState,
    Failed,
    Printed,
    PrintProgress,
    StatusChanged,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.printers import ipp_run

ONLINE, POWER_OFF, USER_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.USER_ERROR


def test_a_document_is_printed_once_and_its_sheets_are_counted(a4_board, make_a4, ear):
    printer = make_a4()
    a4_board.set(speed_ppm=200)
    printer.do(document(pdf=PAGES, copies=2))
    assert isinstance(ear.answer("job"), Printed)
    sheets = [event.sheets for event in ear.events if isinstance(event, PrintProgress)]
    assert sheets[0] == 0
    assert sheets == sorted(set(sheets))
    (paper,) = papers(a4_board)
    assert (paper["pages"], paper["sheets"], paper["ended"]) == (3, 6, "completed")
    assert (a4_board.folder / "papers/001.pdf").read_bytes() == PAGES
    assert printer.counters["sheetsPrintedCount"] == 6
    assert printer.counters["jobsPrintedCount"] == 1


@pytest.mark.parametrize(("colour", "color"), [(True, True), (False, False)])
def test_two_sides_and_colour_are_asked_for_where_the_printer_knows_them(a4_board, make_a4, ear, colour, color):
    a4_board.set(colour=colour, duplex=True)
    make_a4().do(document(pdf=PAGES, two_sided=True, color=True))
    assert isinstance(ear.answer("job"), Printed)
    (paper,) = papers(a4_board)
    assert (paper["two_sided"], paper["color"], paper["sheets"]) == (True, color, 2)


@pytest.mark.parametrize(
    ("broken", "mended", "reason"),
    [
        ({"media_after_sheets": 1}, {"media": "full"}, Reason.PAPER_OUT),
        ({"cover_after_sheets": 1}, {"cover": "closed"}, Reason.COVER_OPEN),
        ({"jam_after_sheets": 1}, {"jam": False}, Reason.PAPER_JAMMED),
    ],
    ids=["paper ran out", "cover opened", "sheet jammed"],
)
def test_while_printing_something_happened_and_was_put_right(a4_board, make_a4, ear, broken, mended, reason):
    printer = make_a4()
    a4_board.set(**broken)
    printer.do(document(pdf=PAGES))
    told = ear.first(StatusChanged, lambda event: event.status.error is not None)
    assert (told.status.error.reason, told.status.error.action, told.status.state) == (reason, Action.CLEAR, USER_ERROR)
    a4_board.set(**mended)
    assert isinstance(ear.answer("job"), Printed)
    (paper,) = papers(a4_board)
    assert paper["sheets"] == 3
    ear.until(lambda: printer.status.state is ONLINE)


@pytest.mark.parametrize(
    ("broken", "mended", "reason"),
    [
        ({"media_after_sheets": 1}, {"media": "full"}, Reason.PAPER_OUT),
        ({"jam_after_sheets": 1}, {"jam": False}, Reason.PAPER_JAMMED),
        ({"toner": 0}, {"toner": 80}, Reason.TONER_OUT),
    ],
)
def test_what_nobody_puts_right_in_time_never_comes_out_later(a4_board, make_a4, ear, broken, mended, reason):
    printer = make_a4(patience_s=0.3)
    a4_board.set(**broken)
    printer.do(document(pdf=PAGES))
    failed = ear.answer("job")
    assert isinstance(failed, Failed)
    assert failed.error.reason is reason
    assert left_over(a4_board) == []
    before = [paper["sheets"] for paper in papers(a4_board)]
    a4_board.set(**mended)
    ear.until(lambda: printer.status.state is ONLINE)
    printer.do(document("next"))
    assert isinstance(ear.answer("next"), Printed)
    assert [paper["sheets"] for paper in papers(a4_board)] == [*before, 1]
    assert printer.counters["failedPrintCount"] == 1


@pytest.mark.parametrize(
    ("broken", "reason"),
    [({"media": "out"}, Reason.PAPER_OUT), ({"cover": "open"}, Reason.COVER_OPEN), ({"output": "full"}, Reason.OUTPUT_FULL), ({"jam": True}, Reason.PAPER_JAMMED)],
)
def test_a_printer_that_cannot_print_gets_no_document(a4_board, make_a4, ear, broken, reason):
    a4_board.set(**broken)
    make_a4(USER_ERROR).do(document())
    assert ear.answer("job").error.reason is reason
    assert at(url(a4_board)).jobs("completed") + at(url(a4_board)).jobs("not-completed") == []


def test_an_answer_that_was_lost_is_looked_up_and_nothing_sent_again(a4_board, make_a4, ear):
    a4_board.set(lost_answers=1)
    make_a4().do(document())
    assert isinstance(ear.answer("job"), Printed)
    assert len(papers(a4_board)) == 1


def test_a_job_whose_answer_was_lost_shows_only_after_a_while(a4_board, make_a4, ear):
    a4_board.set(lost_answers=1, late_jobs_s=1.0)
    make_a4().do(document())
    assert isinstance(ear.answer("job"), Printed)
    assert len(papers(a4_board)) == 1


def test_a_job_that_shows_after_it_was_given_up_is_cancelled(a4_board, make_a4, ear, monkeypatch):
    monkeypatch.setattr(ipp_run, "_LATE", 0.2)
    a4_board.set(lost_answers=1, late_jobs_s=0.8, speed_ppm=1)
    printer = make_a4()
    printer.do(document())
    assert ear.answer("job").error.reason is Reason.UNPLUGGED
    ear.until(lambda: printer.counters.get("canceledJobCount") == 1, "the cancel of the job that came late")
    assert left_over(a4_board) == []


def test_a_command_given_twice_prints_once(a4_board, make_a4, ear):
    printer = make_a4()
    printer.do(document())
    ear.answer("job")
    printer.do(document())
    ear.until(lambda: len(ear.finals("job")) == 2)
    assert all(isinstance(answer, Printed) for answer in ear.finals("job"))
    assert len(papers(a4_board)) == 1


@pytest.mark.parametrize(
    ("refusal", "reason", "action"),
    [
        ("format", Reason.JOB_REFUSED, Action.MAINTENANCE),
        ("busy", Reason.JOB_REFUSED, Action.WAIT),
        ("closed", Reason.JOB_REFUSED, Action.WAIT),
        ("auth", Reason.NOT_CONFIGURED, Action.CONFIGURATION),
    ],
)
def test_a_document_that_is_refused(a4_board, make_a4, ear, refusal, reason, action):
    a4_board.set(refuse=refusal)
    printer = make_a4()
    printer.do(document())
    failed = ear.answer("job")
    assert (failed.error.reason, failed.error.action) == (reason, action)
    assert printer.status.state is ONLINE


def test_what_is_no_pdf_is_not_sent(a4_board, make_a4, ear):
    make_a4().do(document(pdf=b"PK\x03\x04 a spreadsheet"))
    assert ear.answer("job").error.reason is Reason.JOB_REFUSED
    assert at(url(a4_board)).jobs("completed") == []


def test_a_job_the_printer_aborts_is_refused(a4_board, make_a4, ear):
    a4_board.set(abort="document-format-error")
    make_a4().do(document())
    failed = ear.answer("job")
    assert failed.error == DeviceError(Reason.JOB_REFUSED, Action.MAINTENANCE, "document-format-error")


def test_a_job_cancelled_at_the_printers_panel(a4_board, make_a4, ear):
    a4_board.set(speed_ppm=100)
    printer = make_a4()
    printer.do(document(pdf=PAGES))
    ear.first(PrintProgress)
    a4_board.set(panel_cancel=True)
    assert ear.answer("job").error.reason is Reason.CANCELED
    assert printer.counters["canceledJobCount"] == 1
    assert "failedPrintCount" not in printer.counters


def test_a_printer_that_forgets_its_jobs_leaves_it_open_whether_it_printed(a4_board, make_a4, ear):
    a4_board.set(forgets=True)
    make_a4().do(document())
    failed = ear.answer("job")
    assert (failed.error.reason, failed.error.action) == (Reason.TIMEOUT, Action.MAINTENANCE)
    assert "perhaps" in failed.error.detail


def test_a_job_without_any_progress_is_taken_back(a4_board, make_a4, ear):
    a4_board.set(speed_ppm=1, tells_sheets=False)
    make_a4(quiet_s=0.3).do(document())
    failed = ear.answer("job")
    assert (failed.error.reason, failed.error.action) == (Reason.TIMEOUT, Action.MAINTENANCE)
    assert left_over(a4_board) == []


def test_no_job_goes_on_for_ever(a4_board, make_a4, ear):
    a4_board.set(speed_ppm=600)
    make_a4(ceiling_s=0.5, quiet_s=60).do(document(pdf=PAGES, copies=99))
    assert ear.answer("job").error.reason is Reason.TIMEOUT
    assert left_over(a4_board) == []


def test_cancelled_while_another_waits_only_the_one_is_taken_back(a4_board, make_a4, ear):
    a4_board.set(speed_ppm=100)
    printer = make_a4()
    printer.do(document(pdf=PAGES))
    printer.do(document("next"))
    ear.first(PrintProgress)
    printer.do(Cancel(role="device", id="c", of="job"))
    assert ear.answer("job").error.reason is Reason.CANCELED
    assert isinstance(ear.answer("next"), Printed)
    assert [paper["ended"] for paper in papers(a4_board)] == ["canceled", "completed"]


def test_printed_although_cancelled_is_said_as_it_is(a4_board, make_a4, ear, monkeypatch):
    a4_board.set(speed_ppm=1200)
    printer = make_a4(poll_ms=400)
    printer.do(document())
    ear.until(lambda: papers(a4_board) and papers(a4_board)[0]["ended"], "the end of the paper")
    printer.do(Cancel(role="device", id="c", of="job"))
    assert isinstance(ear.answer("job"), Printed)
