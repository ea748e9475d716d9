"""The text block in its four layouts, against an independent encoder and against hostile bytes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import cards
from drivers.bench.people import PEOPLE
from drivers.contract import CardKind, IdCard
from drivers.errors import DeviceError, Reason
from drivers.readers.id_card_text import parse, valid_number


def block(key="jia", **at):
    """A person's block with texts written over it: `_offset="text"`."""
    made = bytearray(cards.text_block(cards.person(key)))
    for offset, text in at.items():
        raw = text if isinstance(text, bytes) else text.encode("utf-16-le")
        made[int(offset[1:]) : int(offset[1:]) + len(raw)] = raw
    return bytes(made)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_every_person_is_read_as_encoded(person):
    card = parse(cards.text_block(person), cards.photo(person))
    assert card == IdCard(
        kind=person.kind,
        name=person.name,
        latin_name=person.latin_name,
        sex=person.sex,
        ethnicity=person.ethnicity,
        born=person.born,
        address=person.address,
        number=person.number,
        issuer=person.issuer,
        valid_from=person.valid_from,
        valid_to=person.valid_to,
        photo=cards.photo(person),
    )


def test_the_layout_of_a_resident_card_byte_by_byte():
    raw = "测试甲".ljust(15) + "1" + "01" + "19900101" + "测试路".ljust(35) + "999999199001010016" + "测试局".ljust(15) + "20200501" + "长期".ljust(8) + " " * 18
    card = parse(raw.encode("utf-16-le"), b"")
    assert (card.name, card.sex, card.ethnicity, card.born) == ("测试甲", "1", "01", date(1990, 1, 1))
    assert (card.address, card.number, card.issuer) == ("测试路", "999999199001010016", "测试局")
    assert (card.valid_from, card.valid_to) == (date(2020, 5, 1), None)


def test_the_layout_of_the_2017_foreign_card_byte_by_byte():
    raw = "TEST ONE".ljust(60) + "2" + "XXA999988122501" + "XXA" + "测试外".ljust(15) + "20180615" + "20280614" + "19881225" + "01" + "9999" + "I" + "   "
    card = parse(raw.encode("utf-16-le"), b"")
    assert (card.kind, card.latin_name, card.name, card.sex) == (CardKind.FOREIGN_2017, "TEST ONE", "测试外", "2")
    assert (card.number, card.born, card.issuer) == ("XXA999988122501", date(1988, 12, 25), "9999")
    assert (card.valid_from, card.valid_to) == (date(2018, 6, 15), date(2028, 6, 14))


def test_a_foreigner_without_a_chinese_name_is_named_by_the_latin_one():
    assert parse(block("foreign2017", _158=" " * 15), b"").name == "TEST, PERSON ONE"
    assert parse(block("foreign2023", _0=" " * 15), b"").name == cards.person("foreign2023").latin_name


def test_a_latin_name_over_two_fields_keeps_the_space_between_them():
    card = parse(block("foreign2023", _52="A" * 34 + " ", _220="B" * 11), b"")
    assert card.latin_name == "A" * 34 + " " + "B" * 11


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "999999199001010016", "999999199001010024", "911015684001010017"])
def test_right_check_digits(number):
    assert valid_number(number)


@pytest.mark.parametrize("number", ["", "11010519491231002x", "110105194912310021", "99999919900101001", "9999991990010100166", "９９９９９９199001010016", "9999991990010100 6"])
def test_wrong_check_digits(number):
    assert not valid_number(number)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_the_people_on_the_bench_are_made_up_and_their_numbers_right(person):
    assert person.name.startswith("测试")
    if person.kind is CardKind.FOREIGN_2017:
        assert person.number.startswith("XX")
    else:
        assert person.number.startswith("999999")
        assert person.number[6:14] == person.born.strftime("%Y%m%d")
        assert cards.check_digit(person.number) == person.number[17]
        assert int(person.number[16]) % 2 == int(person.sex) % 2


@pytest.mark.parametrize("key", [person.key for person in PEOPLE if person.kind is not CardKind.FOREIGN_2017])
def test_a_wrong_check_digit_is_an_invalid_card(key):
    last = cards.person(key).number[-1]
    with pytest.raises(DeviceError) as caught:
        parse(block(key, _156="3" if last != "3" else "4"), b"")
    assert caught.value.reason is Reason.CARD_INVALID


def test_a_2017_number_of_a_wrong_form_is_an_invalid_card():
    with pytest.raises(DeviceError) as caught:
        parse(block("foreign2017", _122="123"), b"")
    assert caught.value.reason is Reason.CARD_INVALID


@pytest.mark.parametrize(("code", "expected"), [("01", "01"), ("56", "56"), ("57", "57"), ("97", "97"), ("98", "98"), ("00", "00"), ("  ", ""), ("A1", ""), ("１２", "")])
def test_ethnicity_codes_are_passed_on_and_never_looked_up_blindly(code, expected):
    assert parse(block(_32=code), b"").ethnicity == expected


@pytest.mark.parametrize(("code", "expected"), [("0", "0"), ("1", "1"), ("2", "2"), ("9", "9"), (" ", "0"), ("男", "0"), ("3", "0")])
def test_sex_is_a_code_and_anything_else_unknown(code, expected):
    assert parse(block(_30=code), b"").sex == expected


def test_a_field_padded_with_zeros():
    assert parse(block(_0="测试".ljust(15, "\0"), _248="\0"), b"").name == "测试"


@pytest.mark.parametrize(
    "broken",
    [
        {"_36": "19900231"},
        {"_36": "1990010 "},
        {"_36": "１９９００１０１"},
        {"_36": "00000101"},
        {"_188": "        "},
        {"_204": "长久      "},
        {"_0": " " * 15},
        {"_0": "\0" * 15},
        {"_0": "测\n试"},
        {"_52": "甲\x1b[2J"},
        {"_52": "甲\0乙"},
        {"_0": b"\x00\xd8"},
        {"_248": "Z"},
        {"_248": b"\x00\xdc"},
    ],
    ids=str,
)
def test_a_field_that_cannot_be_is_an_unreadable_card(broken):
    with pytest.raises(DeviceError) as caught:
        parse(block(**broken), b"")
    assert caught.value.reason is Reason.CARD_UNREADABLE


@pytest.mark.parametrize("size", [0, 255, 257, 1024])
def test_a_block_of_another_size_is_unreadable(size):
    with pytest.raises(DeviceError, match="bytes"):
        parse(bytes(size), b"")


@settings(derandomize=True, max_examples=400, deadline=None)
@given(
    key=st.sampled_from([person.key for person in PEOPLE]),
    at=st.integers(0, 255),
    noise=st.one_of(st.binary(max_size=256), st.text(max_size=20).map(lambda text: text.encode("utf-16-le", "surrogatepass"))),
)
def test_hostile_blocks_raise_nothing_but_their_error_and_tell_nothing(key, at, noise):
    raw = bytearray(block(key))
    raw[at : at + len(noise)] = noise[: 256 - at]
    try:
        card = parse(bytes(raw), b"")
    except DeviceError as error:
        assert error.reason in {Reason.CARD_UNREADABLE, Reason.CARD_INVALID}  # noqa: PT017 - either outcome is right
        person = cards.person(key)
        assert all(fact not in str(error) for fact in (person.name, person.number, person.number[6:14]))  # noqa: PT017
    else:
        assert card.kind is CardKind.FOREIGN_2017 or valid_number(card.number)
        assert card.name
        assert repr(card) == f"IdCard({card.kind})"
