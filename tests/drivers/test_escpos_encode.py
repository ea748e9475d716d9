"""A paper in bytes: vectors, python-escpos as second opinion, and an interpreter written apart as judge."""

import json
import os
import subprocess
import sys

import pytest
import segno
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drivers.bench.escpos_interpreter import Interpreter
from drivers.bench.escpos_sheet import FeedRow, QrRow, RasterRow, TextRow
from drivers.contract import Align, Feed, Line, Pair, Paper, Qr, Rule
from drivers.errors import DeviceError, Reason
from drivers.printers.escpos_encode import _QR_CAPACITY, MAX_QR_BYTES, Page, encode
from drivers.printers.escpos_layout import Charset, Rom, clean, wrap

ALLOWED = {"text", "LF", "ESC @", "ESC R", "ESC a", "ESC E", "ESC d", "ESC J", "GS !", "GS v", "GS V", "GS ( k", "FS &", "FS ."}
GB2312, GB18030 = Rom(Charset.GB2312), Rom(Charset.GB18030)
TEXTS = st.text(st.characters(exclude_categories=[]), max_size=60) | st.text(st.sampled_from("中文，A0 \x1b\x1d\x1c\x10\x04\x01@!\n\r㛃\u202e"), max_size=40)
LINES = st.builds(Line, TEXTS, st.integers(1, 3), st.sampled_from(Align), st.booleans())
BLOCKS = LINES | st.builds(Pair, TEXTS, TEXTS) | st.just(Rule()) | st.builds(Feed, st.integers(-1, 30)) | st.builds(Qr, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200), st.integers(0, 20))
steady = settings(derandomize=True, deadline=None)


def sent(*blocks, page=None):
    return b"".join(encode(Paper(blocks), page or Page()).parts)


def judged(data, columns=48, charset="GB2312"):
    """The sheet and the names of all commands."""
    judge, names = Interpreter(columns=columns, charset=charset), []
    while data:
        step = judge.step(data)
        assert step is not None, f"incomplete command {data[:20]!r}"
        names.append(step.name)
        data = data[len(step.taken) :]
    assert not judge.unknown
    assert not judge.overflows
    return judge.sheet, names


@pytest.mark.parametrize(
    ("block", "data"),
    [
        (Line("A012"), b"A012\n"),
        (Line("中文A中"), b"\x1c&\xd6\xd0\xce\xc4\x1c.A\x1c&\xd6\xd0\x1c.\n"),
        (Line("，。、"), b"\x1c&\xa3\xac\xa1\xa3\xa1\xa2\x1c.\n"),
        (Line("￥12.00"), b"\x1c&\xa3\xa4\x1c.12.00\n"),
        (Line("B", 4, Align.CENTER, bold=True), b"\x1ba\x01\x1d!\x33\x1bE\x01B\n"),
        (Line("B", 99), b"\x1d!\x77B\n"),
        (Line(""), b"\n"),
        (Pair("a", "b"), b"a" + b" " * 46 + b"b\n"),
        (Rule(), b"\x1d!\x10" + b"-" * 24 + b"\n"),
        (Feed(3), b"\x1bd\x03"),
        (Feed(0), b""),
        (Qr(""), b""),
        (Line("买买提·艾力—"), b"\x1c&" + "买买提·艾力—".encode("gb18030") + b"\x1c.\n"),
        (Line("\x1bp\x00\x19\xfa"), b"\x1c&\xa1\xf5\x1c.p\x1c&\xa1\xf5\xa1\xf5" + "ú".encode("gb2312") + b"\x1c.\n"),
    ],
)
def test_vectors(block, data):
    assert sent(block) == b"\x1b@\x1bR\x00" + data + b"\x1dVB\x00"


def test_full_cut():
    assert sent(page=Page(full_cut=True)).endswith(b"\x1dVA\x00")


def test_qr_vector_of_python_escpos():
    data = sent(Qr("https://x.cn/中", 3))
    assert bytes.fromhex("1D286B 1300 315030") + b"https://x.cn/\xe4\xb8\xad" + bytes.fromhex("1D286B 0300 315130") in data


def test_python_escpos_says_the_same(tmp_path):
    """In a process of its own: importing its printers touches the temporary folder and the root logger."""
    script = """
import json
from escpos.printer import Dummy
printer = Dummy()
def taken(act):
    printer.clear(); act(); return printer.output.hex()
print(json.dumps({
    "init": taken(lambda: printer.hw("INIT")),
    "qr": taken(lambda: printer.qr("https://x.cn/\\u4e2d", ec=1, size=6, native=True)),
    "center": taken(lambda: printer.set(align="center")),
    "right": taken(lambda: printer.set(align="right")),
    "bold": taken(lambda: printer.set(bold=True)),
    "size": taken(lambda: printer.set(custom_size=True, width=5, height=5)),
    "cut": taken(lambda: printer.cut(feed=False)),
}))
"""
    env = os.environ | {"ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env)
    theirs = {name: bytes.fromhex(data) for name, data in json.loads(run.stdout).items()}
    ours = sent(Line("a", 5, Align.RIGHT, bold=True), Qr("https://x.cn/中", 6))
    assert ours.startswith(theirs["init"])
    assert ours.endswith(theirs["cut"])
    for name in ("qr", "center", "right", "bold", "size"):
        assert theirs[name] in ours, name


def test_a_rare_character_makes_a_strip_of_its_line_only():
    sheet, _ = judged(sent(Line("申请人"), Line("王㛃", 2, Align.CENTER), Line("窗口")))
    assert [type(row) for row in sheet.rows] == [TextRow, RasterRow, FeedRow, TextRow]
    assert (sheet.rows[1].columns, sheet.rows[1].rows, sheet.rows[1].align) == (12, 48, "center")


def test_gb18030_rom_prints_what_gb2312_draws():
    sheet, _ = judged(sent(Line("朱镕基"), page=Page(rom=GB18030)), charset="GB18030")
    assert sheet.text == "朱镕基"


def test_four_byte_codes_only_where_the_rom_is_said_to_have_them():
    sheet, _ = judged(sent(Line("㛃"), page=Page(rom=Rom(Charset.GB18030, four_byte=True))), charset="GB18030")
    assert sheet.text == "㛃"


def test_a_pair_too_long_for_one_line_takes_two():
    sheet, _ = judged(sent(Pair("办理地点", "二楼 B 区 12-18 号窗口（近东门电梯）"), page=Page(columns=32)), columns=32)
    assert [(row.text, row.align) for row in sheet.rows] == [("办理地点", "left"), ("二楼 B 区 12-18 号窗口（近东门电", "right"), ("梯）", "right")]


def test_a_symbol_too_wide_gets_smaller_modules():
    sheet, _ = judged(sent(Qr("x" * MAX_QR_BYTES, 16), page=Page(columns=32)), columns=32)
    assert sheet.rows[1].module == 3


@pytest.mark.parametrize("data", ["x" * (MAX_QR_BYTES + 1), "a\x1b@", "a\x10\x04\x01", "\x7f"])
def test_a_qr_code_that_cannot_be_is_refused(data):
    with pytest.raises(DeviceError) as refused:
        sent(Qr(data))
    assert refused.value.reason is Reason.UNSUPPORTED
    assert data not in refused.value.detail


def test_a_paper_without_end_is_refused():
    with pytest.raises(DeviceError, match="2000 mm"):
        sent(*[Line("x" * 48)] * 1000)


@pytest.mark.untraced
def test_qr_capacity_is_that_of_the_standard():
    for version, capacity in enumerate(_QR_CAPACITY, 1):
        assert segno.make_qr(b"\xff" * capacity, error="m", boost_error=False).version == version
        assert segno.make_qr(b"\xff" * (capacity + 1), error="m", boost_error=False).version == version + 1


def test_length_of_the_paper_is_estimated_well():
    job = encode(Paper((Line("a"), Line("b", 6), Feed(2), Qr("https://x.invalid/"), Rule(), Line("㛃", 3))), Page())
    sheet, _ = judged(b"".join(job.parts))
    assert job.length_mm == pytest.approx((sum(row.dots for row in sheet.rows) + 160) / 8, abs=3)


def expected(blocks, rom, columns):
    """What should stand on the paper, line by line; None for a line that is drawn."""
    for block in blocks:
        match block:
            case Line(text=text, size=size):
                yield from (line if rom.has(line) else None for line in wrap(clean(text), columns // size))
            case Rule():
                yield "-" * (columns // 2)


@steady
@given(st.lists(LINES | st.just(Rule()), max_size=4), st.sampled_from([GB2312, GB18030]), st.sampled_from([32, 48]))
@example([Line("\x1b@\x1dV\x00\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")], GB2312, 48)
@example([Line("中\x1c.文\x1c&A")], GB2312, 48)
def test_whatever_the_text_the_paper_says_just_that(blocks, rom, columns):
    sheet, names = judged(sent(*blocks, page=Page(columns=columns, rom=rom)), columns, rom.charset.upper())
    rows = [row.text if isinstance(row, TextRow) else None for row in sheet.rows if not isinstance(row, FeedRow)]
    assert rows == list(expected(blocks, rom, columns))
    assert set(names) <= ALLOWED


@steady
@given(st.lists(BLOCKS, max_size=6))
def test_whatever_the_paper_only_allowed_commands_are_sent(blocks):
    parts = encode(Paper(tuple(blocks)), Page()).parts
    _, names = judged(b"".join(parts))
    assert set(names) <= ALLOWED
    for part in parts:
        judged(part)  # each part ends where a command ends
    data = b"".join(parts)
    assert not any(b"\x10" + bytes([second]) in data for second in b"\x04\x05\x14"), "a real-time command would act at once"


@steady
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=300), st.integers(1, 16))
def test_qr_codes_hold_exactly_their_data(text, module):
    sheet, _ = judged(sent(Qr(text, module)))
    (code,) = (row for row in sheet.rows if isinstance(row, QrRow))
    assert code.data == text.encode()
    assert code.level == "M"
