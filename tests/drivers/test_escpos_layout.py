"""Text made harmless, measured and broken into lines."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.printers.escpos_layout import CONTROL_MARK, Charset, Rom, clean, clusters, width, wrap

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=120)
steady = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\u00a0c\u2003d　e", "a b c d　e"),
        ("\x1b@\x10\x04\x01\x7f\x9b", f"{CONTROL_MARK}@{CONTROL_MARK * 3}{CONTROL_MARK * 2}"),
        ("1\u202e2\u2066\u200b\ufeff\u00ad3", "123"),
        ("葛\U000e0100城\ufe00", "葛城"),
        ("¥12", "￥12"),
        ("9:00–17:00", "9:00-17:00"),
        ("\ud800", CONTROL_MARK),
        ("e\u0301", "é"),
    ],
)
def test_clean(text, shown):
    assert clean(text) == shown


@steady
@given(ANY_TEXT)
def test_nothing_that_could_be_a_command_or_hide_is_left(text):
    left = {unicodedata.category(char) for char in clean(text).replace("\n", "")}
    assert not left & {"Cc", "Cf", "Cs"}
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("char", "gb2312", "gb18030", "four_byte"),
    [
        ("A", b"A", b"A", b"A"),
        ("中", b"\xd6\xd0", b"\xd6\xd0", b"\xd6\xd0"),
        ("，", b"\xa3\xac", b"\xa3\xac", b"\xa3\xac"),
        ("￥", b"\xa3\xa4", b"\xa3\xa4", b"\xa3\xa4"),
        ("·", b"\xa1\xa4", b"\xa1\xa4", b"\xa1\xa4"),
        ("□", b"\xa1\xf5", b"\xa1\xf5", b"\xa1\xf5"),
        ("镕", None, b"\xe9F", b"\xe9F"),
        ("㛃", None, None, b"\x820\xb71"),
        ("—", b"\xa1\xaa", b"\xa1\xaa", b"\xa1\xaa"),
        ("・", None, None, b"\x819\xa79"),
        ("𠮷", None, None, b"\x954\xb25"),
        ("\ue000", None, None, None),
        ("\x1b", None, None, None),
    ],
)
def test_what_a_rom_has(char, gb2312, gb18030, four_byte):
    assert Rom(Charset.GB2312).code(char) == gb2312
    assert Rom(Charset.GB18030).code(char) == gb18030
    assert Rom(Charset.GB18030, four_byte=True).code(char) == four_byte


@pytest.mark.parametrize(("text", "columns"), [("A012", 4), ("中文，", 6), ("é", 2), ("x\u0302", 1), ("", 0), ("　", 2)])
def test_width(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 8, [""]),
        ("a\n\nb", 8, ["a", "", "b"]),
        ("请到二楼窗口办理", 8, ["请到二楼", "窗口办理"]),
        ("please wait here", 8, ["please", "wait", "here"]),
        ("请等候，谢谢", 6, ["请等", "候，谢", "谢"]),
        ("请看（附件）", 6, ["请看", "（附", "件）"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("中abc文", 4, ["中", "abc", "文"]),
        ("  a b", 8, ["  a b"]),
        ("aaaa bbbb", 4, ["aaaa", "bbbb"]),
        ("）））））", 4, ["））", "））", "）"]),
    ],
)
def test_wrap(text, columns, lines):
    assert wrap(text, columns) == lines


@steady
@given(ANY_TEXT.map(clean), st.integers(2, 48))
def test_wrap_loses_nothing_but_blanks_and_fits(text, columns):
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@steady
@given(ANY_TEXT)
def test_clusters_are_the_text(text):
    assert "".join(clusters(text)) == text
