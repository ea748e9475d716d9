"""Composing: letters, picks, steps back; first by itself, then with the real engine under hands that do anything."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pinyin_help import Field

from ui.pinyin.composer import MOST, Candidate, Composition

ANY_TEXT = st.text(max_size=3)
HOSTILE = ["zzzzzz", "gengengeng", "nanganengannangan", "'''", "ü", "i", "v", "xi'an", "zhsh", "woyaobanshenfenzheng", "A", "中", " ", "", "\0", "\ud800"]
DEEDS = st.one_of(
    st.sampled_from(HOSTILE).map(lambda letters: ("type", letters)),
    st.text("abcdefghijklmnopqrstuvwxyz'", max_size=4).map(lambda letters: ("type", letters)),
    st.integers(-2, 40).map(lambda number: ("pick", number)),
    st.sampled_from(["back", "back", "settle", "keep", "clear"]).map(lambda name: (name, None)),
)


def composed(letters, *candidates):
    composition = Composition()
    for letter in letters:
        composition = composition.type(letter)
    for candidate in candidates:
        composition = composition.pick(candidate)
    return composition


def test_letters_and_separators():
    assert composed("NiHao").letters == "nihao"
    assert composed("lüe").letters == "lve"
    assert composed("''xi''an'").letters == "xi'an'"
    assert composed("n1i，好 ").letters == "ni"


def test_it_takes_no_more_than_it_can():
    assert composed("a" * MOST).full
    assert composed("a" * 99).letters == "a" * MOST


def test_picking_a_part_keeps_the_rest():
    part = composed("xi'anshi", Candidate(text="西", used=3))
    assert part.letters == "anshi"
    assert composed("ni'hao", Candidate(text="你", used=2)).letters == "hao"
    assert composed("ni'", Candidate(text="你", used=2)) == Composition()


def test_steps_back_undo_picks_then_letters():
    part = composed("nihaoma", Candidate(text="你", used=2), Candidate(text="好", used=3))
    part, removed = part.back("您你好")
    assert (part.letters, removed) == ("haoma", 1)
    part, removed = part.back("您你")
    assert (part.letters, removed) == ("nihaoma", 1)
    part, removed = part.back("您")
    assert (part.letters, removed) == ("nihaom", 0)


def test_a_pick_that_the_field_did_not_take_is_not_taken_out_of_it():
    part, removed = composed("nihao", Candidate(text="你", used=2)).back("满了")
    assert (part.letters, removed) == ("ha", 0)


def test_after_a_letter_picks_stay():
    part, removed = composed("nihao", Candidate(text="你", used=2)).type("a").back("你")
    assert (part.letters, removed) == ("hao", 0)


@given(st.lists(ANY_TEXT, max_size=60), st.integers(1, 9))
@settings(derandomize=True)
def test_any_text_can_be_typed(pieces, used):
    composition = Composition()
    for piece in pieces:
        composition = composition.type(piece)
        assert set(composition.letters) <= set("abcdefghijklmnopqrstuvwxyz'")
        assert not composition.letters.startswith("'")
        assert "''" not in composition.letters
        assert len(composition.letters) <= MOST
    rest = composition.pick(Candidate(text="字", used=used))
    assert composition.letters.endswith(rest.letters)
    assert rest.back("字")[0].letters in (composition.letters, "")


@pytest.fixture(scope="module")
def field(qapp):
    field = Field()
    yield field
    field.close()


@given(st.lists(DEEDS, max_size=25))
@settings(derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_whatever_hands_do(field, deeds):
    field.composer.clear()
    field.text = ""
    for name, value in deeds:
        text, letters, candidates = field.text, field.letters, field.candidates
        match name:
            case "type":
                field.type(value)
                assert field.text == text
            case "pick":
                field.composer.pick(value)
                picked = 0 <= value < len(candidates)
                assert field.text == text + (candidates[value] if picked else "")
                assert letters.endswith(field.letters)
                assert (len(field.letters) < len(letters)) == picked
            case "back":
                field.back()
                assert len(field.letters) == len(letters) - 1 or not letters or field.text == text[: len(field.text)] != text
            case "settle" | "keep":
                getattr(field.composer, name)()
                assert field.letters == ""
                assert field.text.startswith(text)
                assert bool(letters) == (len(field.text) > len(text))
            case "clear":
                field.composer.clear()
                assert (field.text, field.letters) == (text, "")
        assert bool(field.candidates) <= bool(field.letters)
