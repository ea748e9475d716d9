"""A screen that is shown again: in another language or size, or with other content."""

from dataclasses import replace

import pytest
from glass import box, said
from PySide6.QtCore import Qt

from ui import samples


def shown_screen(stage):
    return next(item for item in stage.items() if item.objectName() == "stage").childItems()[0]


def test_language_and_size_change_the_screen_that_is_shown(stage):
    stage.show("question", number=1)
    before = shown_screen(stage)
    assert "返回" in said(stage)
    stage.show("question", number=2, language="en")
    assert shown_screen(stage) == before
    assert "Back" in said(stage)
    assert not any("一" <= letter <= "鿿" for each in said(stage) if each != "中文" for letter in each)
    small = stage.find("answer:yes").height()
    stage.show("question", number=3, language="en", care=True)
    assert stage.find("answer:yes").height() > small


def test_the_focus_survives_another_language(stage):
    stage.show("question", number=1)
    stage.key(Qt.Key.Key_Down)
    stage.find("answer:no").forceActiveFocus(Qt.FocusReason.OtherFocusReason)
    stage.show("question", number=2, language="en")
    assert stage.window.activeFocusItem().objectName() == "answer:no"


@pytest.mark.parametrize("name", list(samples.SCREENS))
def test_a_screen_in_english_has_no_chinese_left(stage, name):
    stage.show(name, language="en")
    left = [each for each in said(stage) if each != "中文" and any("一" <= letter <= "鿿" for letter in each)]
    written = getattr(samples.SCREENS[name], "typed", "") or getattr(samples.SCREENS[name], "value", "")
    left = [each for each in left if each.lstrip("…") not in written]  # what a citizen wrote stays as it is
    left = [each for each in left if len(each) > 1]  # nor has a key of a number plate
    assert [each for each in left if not each.startswith("王")] == []  # the made-up applicant has no English name


def test_changing_back_and_forth_ends_where_it_began(stage):
    for name in ("home", "case", "enter-number", "choose"):
        stage.show(name)
        before = [(item.objectName(), box(item)) for item in stage.targets()]
        stage.show(name, care=True, language="en")
        stage.show(name)
        assert [(item.objectName(), box(item)) for item in stage.targets()] == before


def test_a_new_screen_of_the_same_kind_starts_on_its_first_page(stage):
    stage.show("choose")
    stage.touch(stage.find("page:next"))
    assert not stage.find("page:next").property("available")
    stage.show("choose-long")
    assert not stage.find("page:previous").property("available")


def test_a_touch_that_a_change_falls_into_still_counts(stage):
    stage.show("home")
    before = shown_screen(stage)
    point = stage.centre(stage.find("answer:choose:entrance:query"))
    stage.press(point)
    stage.show("home", screen=replace(samples.SCREENS["home"], notice="x"), number=stage.shell.view.number, place=stage.place, settle=False)
    stage.release(point)
    stage.settle()
    assert shown_screen(stage) == before
    assert [answer.value for answer in stage.answers] == ["entrance:query"]
