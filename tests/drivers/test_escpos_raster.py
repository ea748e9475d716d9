"""Lines drawn as dots."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.printers.escpos_raster import Strip, draw, raster_command

steady = settings(derandomize=True, deadline=None)


def ink(strip):
    return sum(byte.bit_count() for byte in strip.data)


@pytest.mark.parametrize("size", [1, 2, 8])
def test_a_line_is_as_big_as_the_printer_would_print_it(size):
    strip = draw("王㛃a", size)
    assert (strip.columns, strip.rows) == ((60 * size + 7) // 8, 24 * size)
    assert len(strip.data) == strip.columns * strip.rows
    assert ink(strip) > 100 * size


def test_each_character_stands_in_its_own_cell():
    whole, first = draw("㛃王", 2), draw("㛃", 2)
    cut = b"".join(whole.data[row * whole.columns : row * whole.columns + 6] for row in range(whole.rows))
    assert cut == first.data


def test_bold_has_more_ink():
    assert ink(draw("㛃", 2, bold=True)) > 1.1 * ink(draw("㛃", 2))


def test_different_characters_without_glyph_are_told_apart():
    assert len({draw(char, 1).data for char in "𠮷𠮸\uabcd\U0010fffe"}) == 4


def test_a_mark_that_the_font_lacks_leaves_the_letter_readable():
    assert draw("x\u0302", 1).data == draw("x", 1).data


def test_a_line_of_marks_only_is_no_error():
    assert draw("\u0302", 1).columns == 1


def test_command_of_a_strip():
    assert raster_command(Strip(2, 3, b"abcdef")) == bytes.fromhex("1d763000 0200 0300") + b"abcdef"


@steady
@given(st.integers(1, 16).flatmap(lambda columns: st.binary(min_size=columns, max_size=8 * columns).map(lambda data: (columns, data[: len(data) // columns * columns]))))
def test_dots_never_spell_a_real_time_command(made):
    columns, data = made
    sent = raster_command(Strip(columns, len(data) // columns, data))[8:]
    assert len(sent) == len(data)
    assert not any(sent[at] == 0x10 and sent[at + 1] in b"\x04\x05\x14" for at in range(len(sent) - 1))
    assert all(one | 0x08 == two or one == two for one, two in zip(data, sent, strict=True))


@pytest.mark.parametrize("pair", [b"\x10\x04", b"\x10\x05", b"\x10\x14"])
def test_real_time_command_in_the_dots(pair):
    assert raster_command(Strip(2, 1, pair))[8:] == b"\x18" + pair[1:]


def test_the_drivers_import_neither_pillow_nor_the_printer_profiles():
    code = "import sys, drivers.printers.escpos; print(sorted({'PIL', 'escpos.capabilities', 'escpos.escpos', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
