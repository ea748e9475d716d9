"""The public files of a social security card: against published APDUs, against the bench's chip, and against hostile chips."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench.people import PEOPLE
from drivers.bench.social_card import DEFAULTS
from drivers.bench.social_chip import Chip, card_number
from drivers.contract import CardKind, SocialCard
from drivers.errors import DeviceError, Reason
from drivers.readers import social_card

CITIZENS = [one for one in PEOPLE if one.kind is CardKind.RESIDENT]
JIA = PEOPLE[0]


def chip(key="jia", **values):
    return Chip({**DEFAULTS, "card": key, **values}).answer


def heard(exchange):
    """The APDUs of a read."""
    sent = []

    def listen(command):
        sent.append(command.hex())
        return exchange(command)

    social_card.read(listen)
    return sent


def test_the_apdus_are_the_published_ones():
    # HD_XJDLL.cpp and SIDCardOperation.cpp; READ RECORD 07 in the form of hiquotion_cpp
    sent = heard(chip())
    assert sent[0] == "00a404000f7378312e73682ec9e7bbe1b1a3d5cf"
    assert sent[1] == "00a4020002ef05"
    assert "00b207000b" in sent
    assert "00a4020002ef06" in sent
    assert {"00b2080014", "00b2090020", "00b20a0003", "00b20b0003"} <= set(sent)


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.key)
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"generation": 1},
        {"by_tag": False},
        {"by_tag": False, "generation": 1},
        {"t0": True},
        {"fetch": True},
        {"t0": True, "by_tag": False, "fetch": True},
    ],
    ids=str,
)
def test_every_person_on_every_kind_of_card(one, how):
    assert social_card.read(chip(one.key, **how)) == SocialCard(
        number=card_number(one),
        id_number=one.number,
        name=one.name,
        sex=one.sex,
        ethnicity=one.ethnicity,
        issued=one.valid_from,
        valid_to=one.valid_to,
    )


def test_a_name_longer_than_its_field_goes_on_in_another():
    name = "测试·" + "阿" * 20
    raw = name.encode("gbk")
    assert social_card.read(chip(records={"09": raw[:30].hex(), "4E": raw[30:].ljust(20, b"\0").hex()})).name == name


def test_a_character_cut_by_the_end_of_the_field_is_put_together():
    raw = ("a" + "测" * 20).encode("gbk")
    assert social_card.read(chip(records={"09": raw[:30].hex(), "4E": raw[30:].hex()})).name == "a" + "测" * 20


def test_what_is_behind_a_pin_is_not_there():
    card = social_card.read(chip(locked=[8, 9, 10]))
    assert (card.number, card.id_number, card.name, card.sex, card.ethnicity) == (card_number(JIA), "", "", "", "01")


@pytest.mark.parametrize(("value", "day"), [("00000000", None), ("ffffffff", None), ("20202020", None), ("20301231", date(2030, 12, 31))])
def test_days(value, day):
    assert social_card.read(chip(records={"06": value})).valid_to == (None if value == "20202020" else day)


@pytest.mark.parametrize(
    ("value", "sex"), [("31", "1"), ("32", "2"), ("01", "1"), ("02", "2"), ("30", "0"), ("39", "9"), ("ff", ""), ("41", "")]
)
def test_sex(value, sex):
    assert social_card.read(chip(records={"0A": value})).sex == sex


@pytest.mark.parametrize(("value", "ethnicity"), [("01", "01"), ("56", "56"), ("97", "97"), ("00", ""), ("ff", ""), ("1a", "")])
def test_ethnicity(value, ethnicity):
    assert social_card.read(chip(records={"0B": value})).ethnicity == ethnicity


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"unknown_card": True}, Reason.CARD_REFUSED),
        ({"answers": {"00a4020002ef05": "6a82"}}, Reason.CARD_REFUSED),
        ({"answers": {"00a404000f7378312e73682ec9e7bbe1b1a3d5cf": "6283"}}, Reason.CARD_REFUSED),
        ({"answers": {"00a4020002ef05": ""}}, Reason.CARD_UNREADABLE),
        ({"answers": {"00a4020002ef05": "90"}}, Reason.CARD_UNREADABLE),
        ({"records": {"07": "20" * 9}}, Reason.CARD_UNREADABLE),
        ({"locked": [7]}, Reason.CARD_UNREADABLE),
        ({"records": {"07": "e6" * 9}}, Reason.CARD_UNREADABLE),
        ({"records": {"07": "2a" * 9}}, Reason.CARD_UNREADABLE),
        ({"records": {"08": JIA.number[:-1].encode().hex() + "37"}}, Reason.CARD_INVALID),
        ({"records": {"08": "31" * 19}}, Reason.CARD_UNREADABLE),
        ({"records": {"09": "ff81" * 3}}, Reason.CARD_UNREADABLE),
        ({"records": {"09": b"a\x07b".hex()}}, Reason.CARD_UNREADABLE),
        ({"records": {"05": "20201301"}}, Reason.CARD_UNREADABLE),
        ({"records": {"05": "2001"}}, Reason.CARD_UNREADABLE),
        ({"records": {"06": "20a01231"}}, Reason.CARD_UNREADABLE),
        ({"answers": {"00b207000b": "070941429000"}}, Reason.CARD_UNREADABLE),
        ({"answers": {"00b207000b": "07079000"}}, Reason.CARD_UNREADABLE),
        ({"answers": {"00b207000b": "9000"}, "by_tag": False, "locked": [7]}, Reason.CARD_UNREADABLE),
    ],
    ids=str,
)
def test_bad_cards(changed, reason):
    with pytest.raises(DeviceError) as caught:
        social_card.read(chip(**changed))
    assert caught.value.reason is reason


@pytest.mark.parametrize("endless", ["6105", "6c05"])
def test_a_chip_that_never_comes_to_an_end_is_unreadable(endless):
    sent = []

    def exchange(command):
        sent.append(command)
        return b"\x90\x00" if command[1] == 0xA4 else bytes.fromhex(endless)

    with pytest.raises(DeviceError) as caught:
        social_card.read(exchange)
    assert caught.value.reason is Reason.CARD_UNREADABLE
    assert len(sent) < 10


def test_a_file_without_end_is_left():
    sent = []

    def exchange(command):
        sent.append(command)
        return b"\x90\x00" if command[1] == 0xA4 else b"\x99\x01\x00\x90\x00"

    with pytest.raises(DeviceError):
        social_card.read(exchange)
    assert len(sent) < 50


def test_an_error_of_the_reader_passes():
    def exchange(command):
        raise DeviceError(Reason.UNPLUGGED, "clear")

    with pytest.raises(DeviceError) as caught:
        social_card.read(exchange)
    assert caught.value.reason is Reason.UNPLUGGED


def outcome(exchange):
    """What a read comes to: a card or the only exception there may be."""
    rounds = 0

    def counted(command):
        nonlocal rounds
        rounds += 1
        assert rounds < 200
        return exchange(command)

    try:
        return social_card.read(counted)
    except DeviceError as error:
        found = error
    assert found.reason in {Reason.CARD_REFUSED, Reason.CARD_UNREADABLE, Reason.CARD_INVALID}
    assert not [one.key for one in PEOPLE if one.number in str(found) or one.name in str(found)]
    return found


@settings(derandomize=True, max_examples=300)
@given(st.lists(st.binary(max_size=260), max_size=40))
def test_any_answers_are_a_card_or_a_device_error(answers):
    left = iter(answers)
    outcome(lambda command: next(left, b"\x6f\x00"))


@settings(derandomize=True, max_examples=300)
@given(st.sampled_from(CITIZENS), st.integers(0, 2**32), st.sampled_from([{}, {"by_tag": False}, {"t0": True, "fetch": True}]))
def test_a_damaged_answer_gives_no_card_with_another_number(one, seed, how):
    rng = random.Random(seed)
    answer = chip(one.key, **how)
    spoilt = rng.randrange(12)
    asked = iter(range(1000))

    def exchange(command):
        response = bytearray(answer(command))
        if next(asked) == spoilt and response:
            response[rng.randrange(len(response))] ^= 1 << rng.randrange(8)
        return bytes(response)

    found = outcome(exchange)
    if isinstance(found, SocialCard) and found.id_number:
        assert found.id_number == one.number


@settings(derandomize=True, max_examples=300)
@given(
    st.dictionaries(st.sampled_from(["05", "06", "07", "08", "09", "4E", "0A", "0B"]), st.binary(min_size=1, max_size=60).map(bytes.hex))
)
def test_any_records_are_a_card_or_a_device_error(records):
    found = outcome(chip(records=records))
    if isinstance(found, SocialCard):
        assert found.number
        assert found.name.isprintable() or not found.name
