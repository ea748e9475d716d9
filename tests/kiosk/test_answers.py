import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench.people import PEOPLE
from kiosk.answers import applies, clean, valid_name, valid_number, valid_phone
from kiosk.backend.messages.forms import Choice, Field, FieldKind

W = {"zh-CN": "某项", "en": "Something"}
CHOICES = tuple(Choice(code=code, name=W) for code in ("a", "b", "c"))


def field(kind, **more):
    return Field(**{"key": "k", "label": W, "kind": kind} | more)


TAKEN = {
    "text": ["鹿角小馆", "  trimmed  ", "e\u0301", "ᠮᠤᠩᠭᠤᠯ\u180eᠠ"],
    "name": ["测试·甲一", "测试㛃", "测试𠮷", "测试\U0002ebf0", "测试\ue001", "阿不都热合曼•买买提", "O’Brien-Smith, Ann M.", "ᠪᠠᠶᠠᠷ"],
    "idNumber": ["999999199001010016", "99999919920308104X", "XXA999988122501", "999999200002290019"],
    "phone": ["13900000016", "0999-5550100", "01012345678", "0102345678"],
    "number": ["0", "60", "1.5", "12.3400"],
    "date": ["2026-01-31", "2024-02-29", "1900-01-01"],
    "choice": ["a"],
    "choices": ["a", "c,a", "a,b,c"],
    "address": ["鹿城市示范区测试路1号"],
    "plate": ["蒙B12345", "蒙BD12345", "京A1234警", "粤Z1234港", "使123456", "123456使", "沪AF12345"],
    "hologram": ["whatever"],
}
REFUSED = {
    "text": ["a\nb", "a\x00b", "\u202egnp.exe", "a\u200bb", "x" * 61, "\ud800"],
    "name": ["·甲", "甲1", "<b>甲</b>", "甲\u200b", "😀", "一" * 61, "-"],
    "idNumber": ["999999199001010017", "99999919900101001", "099999199001010013", "999999199002300015", "99999919920308104x", "９９９９９９１９９００１０１００１６"],
    "phone": ["12900000016", "1390000001", "139000000161", "+8613900000016", "110", "１３９００００００１６"],
    "number": ["-1", "60.00001", "61", "1e1", "NaN", "1,5", "٣", "0x10", "+1", "1" * 16],
    "date": ["2026-02-29", "20260131", "2026-W05-1", "1899-12-31", "2200-01-01", "2026-1-31", "0000-00-00"],
    "choice": ["d", "a,b", "A"],
    "choices": ["a,a", "a,", "a,d", ","],
    "plate": ["蒙I12345", "蒙B1234", "蒙B12O45", "BB12345", "蒙B1234567"],
}


def test_what_each_kind_of_field_takes():
    for kind, values in TAKEN.items():
        for value in values:
            assert clean(field(kind, choices=CHOICES), value) == unicodedata.normalize("NFC", value).strip(), (kind, value)
    for kind, values in REFUSED.items():
        for value in values:
            assert clean(field(kind, choices=CHOICES), value) is None, (kind, value)


def test_the_cards_of_the_bench_are_taken():
    for person in PEOPLE:
        assert valid_name(person.name)
        assert valid_number(person.number), person.number


def test_every_kind_is_known_here():
    assert set(FieldKind) <= set(TAKEN)


def test_limits_and_what_may_be_left_out():
    assert clean(field("text", least=3), "ab") is None
    assert clean(field("text", most=2), "abc") is None
    assert clean(field("number", least=10, most=20), "9.99") is None
    for kind in FieldKind:
        assert clean(field(kind, choices=CHOICES), " ") is None
        assert clean(field(kind, choices=CHOICES, required=False), " ") == ""


@pytest.mark.parametrize(("answers", "asked"), [({}, False), ({"o": "a"}, True), ({"o": "b,a"}, True), ({"o": "ab"}, False)])
def test_a_field_is_asked_for_where_another_has_its_value(answers, asked):
    assert applies(field("text", only_if=("o", "a")), answers) is asked
    assert applies(field("text"), answers)


@settings(deadline=None, derandomize=True, max_examples=400)
@given(kind=st.sampled_from([*FieldKind, "hologram"]), value=st.text(st.characters(exclude_categories=[]), max_size=80), required=st.booleans())
def test_no_answer_whatever_breaks_a_field(kind, value, required):
    one = field(kind, choices=CHOICES, required=required)
    kept = clean(one, value)
    if kept is not None:
        assert clean(one, kept) == kept
        assert kept.encode() or not required
        assert not any(unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} for sign in kept)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(number=st.sampled_from([p.number for p in PEOPLE if len(p.number) == 18]), at=st.integers(0, 17), sign=st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_always_seen(number, at, sign):
    other = number[:at] + sign + number[at + 1 :]
    assert valid_number(other) is (other == number)
    assert not valid_phone(number)
