"""What a recording of the printer's line keeps: the shape, and nothing that was printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receipts import TICKET, order

from drivers.bench.escpos_interpreter import Interpreter
from drivers.bench.escpos_sheet import QrRow, RasterRow, TextRow
from drivers.contract import Align, Feed, Line, Pair, Paper, Printed, Qr, Rule
from drivers.printers.escpos_encode import Page, encode
from drivers.printers.escpos_layout import Charset, Rom
from drivers.printers.escpos_redact import Redaction

steady = settings(derandomize=True, deadline=None)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(st.sampled_from("王㛃某，A0 -\x1b\x1d\x10\n"), max_size=30)
LINES = st.builds(Line, TEXTS, st.integers(1, 3), st.sampled_from(Align), st.booleans())
CODES = st.builds(Qr, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=100), st.integers(1, 8))
BLOCKS = LINES | st.builds(Pair, TEXTS, TEXTS) | st.just(Rule()) | st.builds(Feed, st.integers(0, 9)) | CODES
ROMS = st.builds(Rom, st.sampled_from(Charset), st.booleans())
STATUS = bytes.fromhex("1004 01 1004 14 100502 10140801031401060208 1d61 0e 1d49 42 1d72 01 1d2848 0600 3030 31323334 1b40 1b5200 1d6503 0c 1d6502 1d564200 1d5600 1b6408")


def redacted(data, cuts=(), direction="out", **given):
    redaction, out, at = Redaction(**given), b"", 0
    for cut in sorted(cut % (len(data) + 1) for cut in cuts):
        out += redaction.feed(direction, data[at:cut])
        at = cut
    return out + redaction.feed(direction, data[at:])


def sheet_of(data, charset):
    judge = Interpreter(charset=charset)
    names = []
    while data:
        step = judge.step(data)
        assert step is not None
        names.append(step.name)
        data = data[len(step.taken) :]
    assert not judge.unknown
    return judge.sheet, [name for name in names if name != "text"]


@steady
@given(st.lists(BLOCKS, max_size=8).map(tuple), ROMS, st.lists(st.integers(0, 10_000), max_size=6))
def test_a_paper_keeps_its_shape_and_none_of_its_words(blocks, rom, cuts):
    data = b"".join(encode(Paper(blocks), Page(rom=rom, after_cut=b"\x1de\x03\x0c")).parts)
    kept = redacted(data, cuts)
    assert len(kept) == len(data)
    charset = "GB18030" if rom.charset is Charset.GB18030 else "GB2312"
    (before, commands), (after, commands_kept) = sheet_of(data, charset), sheet_of(kept, charset)
    assert commands_kept == commands
    assert [type(row) for row in after.rows if not isinstance(row, TextRow)] == [type(row) for row in before.rows if not isinstance(row, TextRow)]
    for row in after.rows:
        match row:
            case TextRow():
                assert set(row.text) <= {"x", "□"}
            case RasterRow(data=dots):
                assert not any(dots)
            case QrRow(data=said):
                assert set(said) <= set(b"x")


@steady
@given(st.lists(BLOCKS, max_size=4).map(tuple), st.lists(st.integers(0, 10_000), max_size=6))
def test_what_is_redacted_stays_as_it_is_and_how_it_is_cut_does_not_matter(blocks, cuts):
    data = b"".join(encode(Paper(blocks), Page()).parts)
    kept = redacted(data)
    assert redacted(data, cuts) == kept
    assert redacted(kept) == kept


@steady
@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=5), st.sampled_from(["in", "out"]))
def test_hostile_bytes_become_as_many_and_never_raise(data, cuts, direction):
    kept = redacted(data, cuts, direction)
    held = len(data) - len(kept)
    assert held == 0 if direction == "out" else 0 <= held <= 128
    assert kept == redacted(data, (), direction)
    assert redacted(kept, (), direction) == kept[: len(redacted(kept, (), direction))]


@steady
@given(st.binary(max_size=30), st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20))
def test_words_after_garbage_are_blanked(garbage, words):
    redaction = Redaction()
    redaction.feed("out", garbage + bytes(8))  # the longest head of a command is over by then
    kept = redaction.feed("out", b"\x1b@\x1c&" + words.encode("gb18030") + b"\x1c.")
    assert set(kept) <= set(b"\x1b@\x1c&\xa1\xf5\x1c.x\x00")


def test_status_traffic_is_kept_as_it_is():
    assert redacted(STATUS) == STATUS
    heard = bytes.fromhex("12 1a 32 7e 18000f00 00 03 5f4348494e412047423233313200 3722303132330037250010000000")
    assert redacted(heard, direction="in") == heard


def test_a_full_status_is_kept_where_the_printer_knows_it():
    heard = bytes.fromhex("12 100fa0204080 12 00")
    assert redacted(heard, direction="in", kiosk=True) == heard
    assert redacted(heard, direction="in") != heard


def test_a_line_that_echoes_does_not_give_the_words_away():
    data = b"".join(encode(TICKET, Page()).parts)
    kept = redacted(data + b"\xff" * 200, direction="in")
    assert len(kept) == len(data) + 200
    for word in ("鹿城市政务服务中心", "前面等候", "号窗口"):
        assert word.encode("gb18030") not in kept
    for word in (b"A012", b"zwfw", b"7Q3M9X2K"):
        assert word not in kept


def test_noise_from_the_printer_is_marked_as_noise():
    assert redacted(bytes.fromhex("ff80 12 1000 12 5f414213 12"), direction="in") == bytes.fromhex("ffff 12 ffff 12 ffffffff 12")


@pytest.mark.parametrize("unknown", [b"\x1bz", b"\x1dq", b"\x1cq", b"\x10q", b"\x1b\x1b"])
def test_after_a_command_that_is_not_known_all_is_text(unknown):
    assert redacted(unknown + b"1234 Wang\n")[-10:] == b"xxxxxxxxx\n"


def test_the_driver_s_own_line_holds_no_word(make_printer, printer_board, ear):
    printer = make_printer()
    kept = bytearray()
    redaction = printer._driver.redactor()
    sent = printer._driver._talk
    original = sent.flush

    def flush(link, seconds):
        before = sent.backlog
        done = original(link, seconds)
        kept.extend(redaction.feed("out", before[: len(before) - len(sent.backlog)]))
        return done

    sent.flush = flush
    order(printer)
    assert isinstance(ear.answer("p"), Printed)
    assert len(kept) > 300
    assert "鹿城".encode("gb18030") not in kept
    assert b"A012" not in kept
    assert b"zwfw" not in kept
