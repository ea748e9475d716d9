"""The bench's reading of ESC/POS, tested against bytes that the driver does not send."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import escpos_sheet
from drivers.bench.escpos_interpreter import Interpreter
from drivers.bench.escpos_sheet import FeedRow, QrRow, RasterRow, TextRow

steady = settings(derandomize=True, deadline=None)


def run(data, **settings):
    judge = Interpreter(**settings)
    steps = []
    while (step := judge.step(data)) is not None:
        steps.append(step)
        data = data[len(step.taken) :]
    return judge, steps, data


def test_single_byte_text_without_fs_and_is_not_chinese():
    judge, _, _ = run(b"\xd6\xd0\n")
    assert judge.sheet.text == "╓╨"


def test_gb2312_rom_does_not_know_four_byte_codes():
    judge, _, _ = run(b"\x1c&\x82\x30\xb7\x31\n")
    assert judge.sheet.text != "㛃"


def test_four_byte_code_on_a_gb18030_rom():
    assert run(b"\x1c&\x82\x30\xb7\x31\n", charset="GB18030")[0].sheet.text == "㛃"


def test_a_code_without_picture_leaves_a_blank():
    assert run(b"\x1c&\xaa\xa1\xd7\xfa\n")[0].sheet.text == "\ufffd\ufffd"


def test_a_full_line_breaks_by_itself():
    judge, _, _ = run(b"x" * 49 + b"\n")
    assert [row.text for row in judge.sheet.rows] == ["x" * 48, "x"]
    assert judge.overflows == 1


def test_init_loses_the_line_begun_and_all_modes():
    judge, _, _ = run(b"\x1ba\x01\x1d!\x11\x1bE\x01\x1c&abc\x1b@\xd6\n")
    (row,) = judge.sheet.rows
    assert (row.text, row.align, row.spans[0].width, row.spans[0].bold) == ("╓", "left", 1, False)


def test_alignment_does_not_change_within_a_line():
    assert run(b"a\x1ba\x01b\nc\n")[0].sheet.rows[0].align == "left"


@pytest.mark.parametrize(
    "data",
    [b"\x1b", b"\x1d!", b"\x1d(H\x06\x0000", b"\x1dv0\x00\x01\x00\x02\x00\x80", b"\x1dVB", b"\x10", b"\x10\x04", b"\x10\x14\x08\x01", b"\x1dv0", b"\x1d(k", b"\x1dV", b"\x10\x14"],
)
def test_an_incomplete_command_waits(data):
    judge, steps, rest = run(data)
    assert (steps, rest, judge.unknown) == ([], data, [])


@pytest.mark.parametrize(
    ("data", "rest"),
    [(b"\x1bp\x00\x19\xfa", []), (b"\x07", []), (b"\x10x", ["text"]), (b"\x1d(A\x02\x00\x00\x01", []), (b"\x1bR\x0f", []), (b"\x1bzA", ["text"]), (b"\x10\x14\x01\x00\x01", []), (b"\x1ba\x09", [])],
)
def test_commands_it_does_not_know_are_told(data, rest):
    judge, steps, _ = run(data)
    assert len(judge.unknown) == 1
    assert [step.name for step in steps] == ["unknown", *rest]


def test_barcodes_other_than_qr_are_told():
    assert run(b"\x1d(k\x03\x000A\x05")[0].unknown


def test_rows_of_all_kinds_survive_their_file():
    data = b"a\x1bd\x02b\x1bJ\x05\x1dv0\x00\x01\x00\x02\x00\x80\x01\x1d(k\x05\x001P0ab\x1d(k\x03\x001Q0c\x1dV\x00"
    judge, steps, _ = run(data)
    assert [type(row) for row in judge.sheet.rows] == [TextRow, FeedRow, TextRow, FeedRow, RasterRow, QrRow, TextRow]
    assert steps[-1].cut
    assert escpos_sheet.from_json(escpos_sheet.to_json(judge.sheet)) == judge.sheet


def test_what_is_too_wide_is_told_and_a_symbol_not_printed():
    judge, _, _ = run(b"\x1d(k\x03\x001C\x10\x1d(k\x05\x001P0ab\x1d(k\x03\x001Q0", columns=16)
    assert (judge.sheet.rows, judge.overflows) == ([], 1)
    assert run(b"\x1dv0\x00\xff\x00\x01\x00" + bytes(255))[0].overflows == 1


@steady
@given(st.binary(max_size=400))
def test_hostile_bytes_never_raise(data):
    _, steps, rest = run(data)
    assert sum(len(step.taken) for step in steps) + len(rest) == len(data)


@steady
@given(st.lists(st.sampled_from([b"\x1b", b"\x1d", b"\x1c", b"\x10", b"(", b"k", b"v0", b"\x00", b"1", b"P", b"Q", b"\x03\x00", b"&", b"A", b"\xd6\xd0", b"\n"]), max_size=60).map(b"".join))
def test_nearly_right_bytes_never_raise(data):
    run(data)
