"""Codes cut out of a scanner's bytes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.scanners.serial_code_protocol import Code, Framer, Reject

LIMIT = 512


@pytest.mark.parametrize("suffix", [b"\r", b"\n", b"\r\n"])
def test_a_code_ends_at_its_suffix(suffix):
    framer = Framer(suffix, LIMIT)
    assert framer.feed(b"A005" + suffix) == [Code("A005")]
    assert not framer.open


def test_a_code_in_pieces():
    framer = Framer(b"\r\n", LIMIT)
    assert [one for piece in (b"A0", b"05\r", b"\nB", b"006\r\n") for one in framer.feed(piece)] == [Code("A005"), Code("B006")]


def test_two_codes_in_one_piece():
    assert Framer(b"\r", LIMIT).feed(b"A\rB\r") == [Code("A"), Code("B")]


def test_without_a_suffix_a_gap_ends_a_code():
    framer = Framer(b"", LIMIT)
    assert framer.feed(b"A0") + framer.feed(b"05") == []
    assert framer.open
    assert framer.gap() == [Code("A005")]
    assert not framer.open
    assert framer.gap() == []


def test_other_line_ends_around_a_code_do_not_belong_to_it():
    framer = Framer(b"\r", LIMIT)
    assert framer.feed(b"A\r\nB\r\n") == [Code("A"), Code("B")]
    assert framer.gap() == []
    gapped = Framer(b"", LIMIT)
    gapped.feed(b"A\r\n")
    assert gapped.gap() == [Code("A")]


def test_an_empty_code_is_nothing():
    assert Framer(b"\r", LIMIT).feed(b"\r\r\r") == []


def test_half_a_code_is_not_joined_with_the_next():
    framer = Framer(b"\r", LIMIT)
    framer.feed(b"HALF")
    assert framer.gap() == [Reject("incomplete")]
    assert framer.feed(b"WHOLE\r") == [Code("WHOLE")]


@pytest.mark.parametrize("suffix", [b"\r", b""])
def test_a_code_of_the_limit_is_a_code_and_one_byte_more_is_too_long(suffix):
    for size, expected in ((LIMIT, Code("a" * LIMIT)), (LIMIT + 1, Reject("tooLong"))):
        framer = Framer(suffix, LIMIT)
        assert framer.feed(b"a" * size + suffix) + framer.gap() == [expected]


def test_a_burst_that_is_too_long_is_rejected_once_and_swallowed_to_the_gap():
    framer = Framer(b"\r", LIMIT)
    found = [one for _ in range(100) for one in framer.feed(b"x" * 100)]
    found += framer.feed(b"tail of it\r")
    assert found == [Reject("tooLong")]
    assert framer.swallowing
    assert framer.gap() == []
    assert framer.feed(b"A005\r") == [Code("A005")]


@pytest.mark.parametrize("raw", [b"A\x1b[2J", b"\x00", b"A\tB", b"\x7f", "\x85".encode(), "\u0378".encode()])
def test_control_characters_are_not_text(raw):
    assert Framer(b"\r", LIMIT).feed(raw + b"\r") == [Reject("notText")]


def test_chinese_in_utf8_and_in_gb18030():
    framer = Framer(b"\r", LIMIT)
    for charset in ("utf-8", "gb18030"):
        assert framer.feed("测试·𠮷㛃，https://x.invalid/中".encode(charset) + b"\r") == [Code("测试·𠮷㛃，https://x.invalid/中")]


def test_bytes_of_no_charset_are_not_text():
    assert Framer(b"\r", LIMIT).feed(b"\xff\xff\xff\r") == [Reject("notText")]


def test_a_code_does_not_show_its_text():
    assert "A005" not in repr(Code("A005"))


@settings(derandomize=True, max_examples=400, deadline=None)
@given(
    suffix=st.sampled_from([b"", b"\r", b"\n", b"\r\n"]),
    limit=st.integers(1, 40),
    pieces=st.lists(st.one_of(st.none(), st.binary(max_size=60), st.sampled_from([b"\r", b"\n", b"\r\n", b"ok"])), max_size=30),
)
def test_hostile_bytes_give_only_text_within_the_limit_in_bounded_memory(suffix, limit, pieces):
    framer = Framer(suffix, limit)
    for piece in [*pieces, None]:
        for one in framer.gap() if piece is None else framer.feed(piece):
            match one:
                case Code(text=text):
                    assert text
                    assert not any(unicodedata.category(char) == "Cc" for char in text)
                    assert min(len(text.encode()), len(text.encode("gb18030"))) <= limit
                case Reject(reason=reason):
                    assert reason in {"tooLong", "notText", "incomplete"}
        assert len(framer._pending) <= limit + 2
    assert not framer.open
