"""The search: each key is told at once, and a finger on a result is never in vain."""

from dataclasses import replace

import pytest
from glass import said
from PySide6.QtCore import Qt

from kiosk.flow import Typed
from kiosk.screens import Option, Tone
from ui import samples
from ui.sample_reading import RESULTS

SEARCH = samples.SCREENS["search"]


def search(stage, *, fresh=False, **fields):
    """Show the search with other fields; the same screen as before, with the same turn, as while somebody types."""
    number = None if fresh else stage.shell.view.number
    stage.show("search", screen=replace(SEARCH, **fields), number=number, place=stage.place + fresh, language="en")


def told(stage):
    """What was told of the field since the last time."""
    texts = [event.text for event in stage.answers if isinstance(event, Typed)]
    stage.answers.clear()
    return texts


def field(stage):
    return next(item for item in stage.items() if item.metaObject().className().startswith("KkSearchField"))


def shown(stage):
    return [item.objectName().removeprefix("answer:choose:") for item in stage.targets() if item.objectName().startswith("answer:choose:")]


def type_(stage, *keys):
    for key in keys:
        stage.touch(stage.find(f"key:{key}"))


@pytest.fixture
def searching(stage):
    search(stage, fresh=True, typed="")
    assert told(stage) == []
    return stage


def test_each_key_tells_the_text_and_leaves_the_screen_open(searching):
    type_(searching, "a", "b", "backspace")
    assert told(searching) == ["a", "ab", "a"]
    searching.touch(searching.find(f"answer:choose:{RESULTS[0].value}"))
    assert searching.given() == [("choose", RESULTS[0].value)]


def test_what_is_typed_belongs_to_the_place_it_was_typed_on(searching):
    type_(searching, "a")
    (event,) = searching.answers
    assert event == Typed(place=searching.place, text="a")


def test_letters_that_are_not_yet_characters_are_searched_for_too(stage):
    stage.show("search-empty", language="zh-CN")
    type_(stage, "s", "h")
    assert told(stage) == ["s", "sh"]


def test_a_late_echo_takes_nothing_away(searching):
    type_(searching, "a", "b", "c")
    search(searching, typed="a")
    assert field(searching).property("typed") == "abc"
    search(searching, typed="abc")
    assert field(searching).property("typed") == "abc"
    type_(searching, "d")
    assert told(searching)[-1] == "abcd"


def test_the_field_takes_what_the_core_makes_of_it(searching):
    type_(searching, "a", "b")
    search(searching, typed="ab")
    search(searching, typed="")
    assert field(searching).property("typed") == ""
    told(searching)
    type_(searching, "c")
    assert told(searching) == ["c"]


def test_a_result_under_the_finger_stands_still(searching):
    point = searching.centre(searching.find(f"answer:choose:{RESULTS[1].value}"))
    searching.press(point)
    search(searching, results=RESULTS[20:])
    assert RESULTS[1].title["en"] in said(searching)
    searching.release(point)
    searching.settle()
    assert searching.given() == [("choose", RESULTS[1].value)]
    assert shown(searching)[0] == RESULTS[20].value


def test_a_finger_that_slides_off_a_result_lets_the_list_go_on(searching):
    point = searching.centre(searching.find(f"answer:choose:{RESULTS[1].value}"))
    searching.press(point)
    search(searching, results=RESULTS[20:])
    searching.release(point.__class__(point.x(), 5))
    searching.settle()
    assert searching.given() == []
    assert shown(searching)[0] == RESULTS[20].value


@pytest.mark.parametrize("care", [False, True])
def test_every_result_comes_once_and_in_order(stage, care):
    stage.show("search", care=care)
    seen = shown(stage)
    while stage.find("page:next").property("available"):
        stage.touch(stage.find("page:next"))
        seen += shown(stage)
    assert seen == [option.value for option in RESULTS]
    while stage.find("page:previous").property("available"):
        stage.touch(stage.find("page:previous"))
    assert shown(stage)[0] == RESULTS[0].value


def test_four_to_six_results_are_seen_at_a_time(make_stage):
    for orientation in ("portrait", "landscape"):
        stage = make_stage(orientation)
        stage.show("search")
        assert 4 <= len(shown(stage)) <= 6


def test_other_results_begin_with_the_first_and_the_same_ones_stay(searching):
    searching.touch(searching.find("page:next"))
    page = shown(searching)
    search(searching, results=(*RESULTS[:-1], replace(RESULTS[-1], enabled=False, why="w")))
    assert shown(searching) == page
    search(searching, results=RESULTS[3:5])
    assert shown(searching) == [RESULTS[3].value, RESULTS[4].value]


def test_ways_to_narrow_are_all_within_reach(stage):
    chips = tuple(Option(value=f"chip{at}", title=f"Department number {at}", tone=Tone.DONE if at == 7 else Tone.PLAIN) for at in range(9))
    search(stage, fresh=True, chips=chips)
    seen = []
    for _ in range(9):
        seen += [item.objectName() for item in stage.targets() if item.objectName().startswith("answer:narrow:")]
        if len(seen) >= 9:
            break
        stage.touch(stage.find("chips:more"))
    assert seen == [f"answer:narrow:{chip.value}" for chip in chips]
    stage.touch(stage.find("answer:narrow:chip8"))
    assert stage.given() == [("narrow", "chip8")]


def test_nothing_found_leaves_the_words_of_the_office(stage):
    stage.show("search-nothing", language="en")
    assert samples.SCREENS["search-nothing"].found["en"] in said(stage)
    assert shown(stage) == []


def test_home_opens_the_search(stage):
    stage.show("home")
    stage.touch(stage.find("answer:choose:service:guides"))
    assert stage.given() == [("choose", "service:guides")]


def test_a_keyboard_with_a_plug_types_too(searching):
    for key in (Qt.Key.Key_A, Qt.Key.Key_B):
        searching.key(key)
        searching.wait(lambda: not any(item.property("restless") for item in searching.items()))
    searching.wait(lambda: told(searching)[-1:] == ["ab"])
    assert field(searching).property("typed") == "ab"
