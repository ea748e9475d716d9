import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.masks import mask_name, mask_number
from kiosk.receipt import decode, encode

TOKENS = st.text(string.ascii_letters + string.digits + "-_", min_size=22, max_size=22)


@pytest.mark.parametrize(("name", "masked"), [("王小明", "王*"), ("测试·甲一", "测*"), ("", "*"), ("𠮷", "𠮷*")])
def test_name(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(("number", "masked"), [("999999199001010016", "999***********0016"), ("1234", "**34"), ("", "")])
def test_number(number, masked):
    assert mask_number(number) == masked


@given(st.text(max_size=40))
@settings(derandomize=True)
def test_a_mask_never_shows_a_whole_number(number):
    masked = mask_number(number)
    assert len(masked) == len(number)
    assert len(number) < 3 or "*" in masked


@given(TOKENS)
@settings(derandomize=True)
def test_a_token_comes_back_from_its_code(token):
    assert decode(encode(token)) == token


@given(st.text(max_size=60))
@settings(derandomize=True)
def test_whatever_is_scanned_gives_a_whole_token_or_none(code):
    token = decode(code)
    assert token is None or encode(token) == code


@pytest.mark.parametrize("code", ["LCZC1:" + "A" * 22 + "\n", "\nLCZC1:" + "A" * 22, "LCZC1:" + "Ａ" * 22])
def test_look_alikes_are_none(code):
    assert decode(code) is None
