"""Pages, times, maps and codes."""

import json
from dataclasses import replace

import pytest
import zxingcpp
from glass import box, said
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtQml import QJSEngine

from kiosk.screens import Option, Row
from kiosk.screens.reading import Page, Section
from ui import app, samples
from ui.sample_parts import LONG_ZH

WALL = "护照" * 400  # no place to break it at


def script(name):
    """The functions of one of our JavaScript files."""
    engine = QJSEngine()
    source = (app.QML / "Kiosk" / "components" / name).read_text(encoding="utf-8").removeprefix(".pragma library\n")
    assert not engine.evaluate(source, name).isError()
    return engine


def ask(engine, call, *arguments):
    result = engine.evaluate(f"JSON.stringify({call}({','.join(json.dumps(each) for each in arguments)}))")
    assert not result.isError(), result.toString()
    return json.loads(result.toString())


def pages(stage):
    """What each page says."""
    texts = [said(stage)]
    while more := [item for item in stage.targets() if item.objectName() == "page:next" and item.property("available")]:
        stage.touch(more[0])
        texts.append(said(stage))
    return texts


def squeezed(text):
    return "".join(each for each in text if not each.isspace() and each != "\ufeff")


def page(stage, *sections, **fields):
    screen = Page(**{"title": "t", "sections": sections, "actions": (Option(value="done", title="Done"),)} | fields)
    stage.show("page-guide", screen=screen)


@pytest.mark.parametrize("text", [LONG_ZH * 12, WALL, "word " * 500, "第一条\n" * 60, "𠅤" * 500])
@pytest.mark.parametrize("care", [False, True])
def test_a_long_text_can_be_read_to_its_end(make_stage, text, care):
    stage = make_stage("landscape")
    page(stage, Section(heading="h", lines=(text,), numbered=True), Section(heading="i", rows=(Row(label="", value=text),)))
    stage.show("page-guide", screen=stage.shell.view.screen, care=care)
    read = "".join("".join(each for each in page if len(each) > 1 and set(each) <= set(text)) for page in pages(stage))
    assert squeezed(read) == squeezed(text) * 2


@given(st.text(max_size=600), st.integers(min_value=10, max_value=200))
@settings(derandomize=True, max_examples=200)
def test_parts_hold_the_whole_text_and_are_short(passages, text, most):
    text = text.encode("utf-8", "ignore").decode()  # QML has no lone surrogates either
    parts = ask(passages, "parts", text, most)
    assert all(sum(0.55 if ord(each) < 0x2000 else 1 for each in part) <= most + 1e-6 for part in parts)
    assert squeezed("".join(parts)) == squeezed(text)


@pytest.fixture(scope="module")
def passages(qapp):
    return script("passages.js")


def test_parts_end_behind_a_sentence_where_there_is_one(passages):
    parts = ask(passages, "parts", "一" * 70 + "。" + "二" * 70, 110)
    assert parts == ["一" * 70 + "。", "二" * 70]


def test_the_eye_opens_what_is_masked(stage):
    stage.show("page-masked")
    assert "测**" in said(stage)
    assert "测试·甲一" not in said(stage)
    stage.touch(stage.find("answer:eye"))
    assert stage.given() == [("eye", "")]
    stage.show("page-masked", screen=replace(samples.SCREENS["page-masked"], revealed=True), place=stage.place)
    assert "测试·甲一" in said(stage)


def test_a_long_masked_value_stays_masked_to_its_end(stage):
    page(stage, Section(heading="", rows=(Row(label="l", value="SECRET " * 60, masked="***"),)), personal=True)
    assert not any("SECRET" in each for page in pages(stage) for each in page)


def test_what_can_be_done_is_in_reach_on_every_page(stage):
    stage.show("page-long")
    for _ in range(20):
        assert stage.find("answer:choose:D0").property("kind") == "primary"
        more = stage.find("page:next")
        if not more.property("available"):
            return
        stage.touch(more)
    raise AssertionError


def test_actions_that_do_not_fit_have_pages_of_their_own(make_stage):
    stage = make_stage("landscape")
    stage.show("page-long", care=True, language="en")
    seen = []
    while True:
        seen += [item.objectName() for item in stage.targets() if item.objectName().startswith("answer:choose:")]
        more = stage.find("deeds:next")
        if not more.property("available"):
            break
        stage.touch(more)
    assert seen == [f"answer:choose:D{at}" for at in range(6)]


def test_a_full_time_says_so_and_cannot_be_chosen(stage):
    stage.show("grid", language="en")
    assert said(stage).count("Full") == 3
    shut = stage.find("answer:choose:s19")
    assert not shut.property("available")
    stage.touch(stage.find("answer:choose:s18"))
    assert stage.given() == [("choose", "s18")]


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_a_map_is_to_scale_and_takes_touches(make_stage, orientation):
    stage = make_stage(orientation)
    stage.show("map")
    floor = next(item for item in stage.items() if item.metaObject().className().startswith("KkMap"))
    drawn = {item.property("modelData")["value"]: box(item) for item in floor.childItems() if item.property("named") is not None}
    areas = {area.value: area for area in samples.SCREENS["map"].areas}
    for value in ("A", "B", "wait", "desk"):
        here, area = drawn[value], areas[value]
        assert here.width() / floor.width() == pytest.approx(area.width, abs=0.04)
        assert (here.left() - box(floor).left()) / floor.width() == pytest.approx(area.x, abs=0.04)
        assert (here.top() - box(floor).top()) / floor.height() == pytest.approx(area.y, abs=0.04)
    point = drawn["wait"].center().toPoint()
    stage.press(point)
    stage.release(point)
    stage.settle()
    assert stage.given() == [("choose", "wait")]


def test_a_map_says_in_words_what_it_shows_in_colour(stage):
    stage.show("map", language="en")
    assert {"You are here", "A General"} <= set(said(stage))
    numbers = [item.property("label") for item in stage.targets() if item.objectName().startswith("answer:choose:")]
    assert numbers == [f"{at} {area.label['en']}" for at, area in enumerate(samples.SCREENS["map"].areas, 1)]
    stage.show("map-other", language="en")
    assert "You are here" not in said(stage)


def test_floors_are_tabs(stage):
    stage.show("map")
    assert not stage.find("answer:floor:1").property("available")
    stage.touch(stage.find("answer:floor:3"))
    assert stage.given() == [("floor", "3")]


@pytest.mark.parametrize("name", ["show-code", "show-code-long", "page-booked"])
@pytest.mark.parametrize(("orientation", "care"), [("portrait", False), ("landscape", True)])
def test_codes_can_be_scanned_from_the_glass(make_stage, orientation, care, name, tmp_path):
    stage = make_stage(orientation)
    stage.show(name, care=care)
    stage.window.grabWindow().save(str(tmp_path / "code.png"))
    (found,) = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
    assert found.text == samples.SCREENS[name].code
    if name.startswith("show"):
        millimetre = stage.size.width_px / stage.size.width_mm
        corners = found.position
        assert abs(corners.top_right.x - corners.top_left.x) / millimetre >= 50


def test_for_whom_a_helper_acts_stands_on_the_screen(stage):
    stage.show("check-answers", language="en")
    assert "C** acting for W*" in said(stage)
    stage.show("rating", language="en")
    assert "C** acting for W*" not in said(stage)
