import pytest
from application_help import ANSWERS, FORM
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.answers import clean
from kiosk.office.applications.filled import cleaned
from kiosk.office.applications.signature import HEIGHT, LONGEST, WIDTH, strokes

KEYS = [field.key for field in FORM.fields]
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)


def test_a_signature_is_strokes():
    assert strokes("M 0 0 L 1000 400 M 5 5") == (((0, 0), (1000, 400)), ((5, 5),))
    assert strokes("M 10 10 L 50 10")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "M 1 1",
        "M 10 10 L 49 10",
        "L 1 1 L 900 300",
        "M 0 0 L 1001 0",
        "M 0 0 L 0 401",
        "M 0 0 L 900 300 ",
        " M 0 0 L 900 300",
        "M 0 0  L 900 300",
        "M 0 0 L 900 300 Z",
        "m 0 0 l 900 300",
        "M0 0L900 300",
        "M 0,0 L 900,300",
        "M 0 0 L 900.5 300",
        "M 0 0 L -9 300",
        "M 0 0 L 00900 300",
        "M 0 0 L 0900 300",
        "M 0 0 L ９００ 300",
        "M 0 0 L 900 300\n",
        "M 0 0 L 900 300\x00",
        'M 0 0 L 900 300"/><script>',
        "M 0 0 L 900 300 C 1 1 1 1 1 1",
        "M 0 0" + " L 900 300" * 2000,
    ],
)
def test_what_is_no_signature(path):
    with pytest.raises(ValueError, match=r"signature|written"):
        strokes(path)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text("ML 0123456789.-,Zzé\n", max_size=60) | ANY_TEXT)
def test_nothing_else_passes_for_a_signature(path):
    try:
        drawn = strokes(path)
    except ValueError:
        return
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for stroke in drawn for x, y in stroke)
    assert " ".join("M {} {}".format(*s[0]) + "".join(" L {} {}".format(*p) for p in s[1:]) for s in drawn) == path


def test_the_longest_signature_is_read_at_once():
    long = "M 0 0" + " L 999 399" * ((LONGEST - 5) // 10)
    assert len(strokes(long)[0]) == (LONGEST - 5) // 10 + 1


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.dictionaries(st.sampled_from([*KEYS, "other", ""]), ANY_TEXT | st.sampled_from([*ANSWERS.values(), "eat", "drink", "hot,cold"]), max_size=12))
def test_hostile_answers_are_kept_right_or_named(answers):
    kept, wrong = cleaned(FORM, answers)
    assert set(wrong) <= {*KEYS, "answers"}
    assert not set(kept) & set(wrong)
    fields = {field.key: field for field in FORM.fields}
    assert all(clean(fields[key], value) == value for key, value in kept.items())
    required = {field.key for field in FORM.fields if field.required and field.only_if is None}
    assert required <= set(kept) | set(wrong)
    assert ("dishes" in kept) <= (kept.get("kind") == "eat")


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.dictionaries(st.sampled_from(KEYS), ANY_TEXT, max_size=3))
def test_a_good_form_with_something_hostile_in_it(changes):
    kept, wrong = cleaned(FORM, ANSWERS | changes)
    assert {key for key in KEYS if key in kept and key not in changes} >= {"number", "shop"} - set(changes)
    assert set(wrong) <= set(changes) | {"dishes"}
