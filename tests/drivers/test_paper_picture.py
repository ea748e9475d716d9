"""Pictures of printed papers."""

import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image

from drivers.bench import escpos_sheet
from drivers.bench.escpos_interpreter import Interpreter
from drivers.bench.paper_picture import picture
from drivers.contract import Align, Line, Pair, Paper, Qr, Rule
from drivers.printers.escpos_encode import Page, encode

INK = (44, 43, 48)


def sheet(*blocks, columns=48):
    judge = Interpreter(columns=columns)
    data = b"".join(encode(Paper(blocks), Page(columns=columns)).parts)
    while step := judge.step(data):
        data = data[len(step.taken) :]
    judge.sheet.cut = True
    return judge.sheet


def ink(image, box=None):
    part = image.crop(box) if box else image
    return sum(count for count, colour in part.getcolors(1 << 24) if colour == INK)


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize("module", [3, 6, 16])
def test_the_qr_code_can_be_read(columns, module):
    text = "https://zwfw.invalid/t/A012?k=7Q3M9X2K5R8W1Z4V6C 中文"
    (code,) = zxingcpp.read_barcodes(picture(sheet(Line("手机扫码"), Qr(text, module), Line("谢谢"), columns=columns)))
    assert code.text == text


def test_paper_has_its_width_and_grows_with_its_rows():
    assert picture(sheet(columns=48)).width - picture(sheet(columns=32)).width == 16 * 12
    assert picture(sheet(Line("A"), Line("B", 4))).height - picture(sheet(Line("A"))).height == 96


def test_alignment_and_size_are_seen():
    left, right = picture(sheet(Line("A", 4))), picture(sheet(Line("A", 4, Align.RIGHT)))
    half = left.width // 2
    assert ink(left, (half, 0, left.width, left.height)) == 0
    assert ink(right, (0, 0, half, right.height)) == 0
    assert ink(left) == ink(right) == 16 * ink(picture(sheet(Line("A"))))


def test_bold_has_more_ink():
    assert ink(picture(sheet(Line("中", bold=True)))) > ink(picture(sheet(Line("中"))))


def test_strips_are_exact():
    strip = escpos_sheet.RasterRow(columns=2, rows=2, data=b"\x80\x01\xff\x00", align="left")
    assert ink(picture(escpos_sheet.Sheet(rows=[strip]))) == 10


def test_a_torn_paper_looks_torn():
    whole, torn = sheet(Line("A")), sheet(Line("A"))
    torn.cut = False
    assert picture(whole).height > picture(torn).height


def test_as_a_program(tmp_path):
    (tmp_path / "a.json").write_bytes(escpos_sheet.to_json(sheet(Rule(), Pair("前面等候", "8 人"), Line("㛃"))))
    subprocess.run([sys.executable, "-m", "drivers.bench.paper_picture", tmp_path / "a.json", tmp_path / "a.png"], check=True)
    assert ink(Image.open(tmp_path / "a.png")) > 500
