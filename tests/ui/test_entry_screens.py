"""Screens on which a citizen says something."""

import json
import re
from dataclasses import replace

import pytest
from glass import accessible_names, box, said
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQml import QJSEngine
from PySide6.QtTest import QTest

from kiosk.screens import Enter, Pad
from ui import app, samples

PATH = re.compile(r"(M \d+ \d+( L \d+ \d+)+)( M \d+ \d+( L \d+ \d+)+)*")
STROKE = st.lists(st.tuples(st.floats(-500, 1500), st.floats(-500, 900)), min_size=1, max_size=60)


def strokes_of(path):
    return [[tuple(map(int, point.split())) for point in stroke.split(" L ")] for stroke in path.removeprefix("M ").split(" M ")]


def pen(stage):
    return next(one for one in stage.items() if one.metaObject().className().startswith("KkPen"))


def on_pen(stage, x, y):
    """A place on the field, in its own 1000 by 400."""
    field = box(pen(stage))
    return QPoint(round(field.left() + x / 1000 * field.width()), round(field.top() + y / 400 * field.height()))


def draw(stage, *points):
    QTest.touchEvent(stage.window, stage.finger).press(0, on_pen(stage, *points[0])).commit()
    for point in points[1:]:
        QTest.touchEvent(stage.window, stage.finger).move(0, on_pen(stage, *point)).commit()
    QTest.touchEvent(stage.window, stage.finger).release(0, on_pen(stage, *points[-1])).commit()
    stage.settle()


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_a_signature_of_a_finger_is_a_path(make_stage, orientation):
    stage = make_stage(orientation)
    stage.show("sign")
    assert pen(stage).height() / pen(stage).width() == pytest.approx(0.4, abs=0.01)
    assert not stage.find("answer:sign").property("available")
    draw(stage, (100, 200), (200, 100), (300, 200))
    draw(stage, (500, 50), (500, 350))
    draw(stage, (800, 200))
    stage.touch(stage.find("answer:sign"))
    ((action, path),) = stage.given()
    assert action == "sign"
    assert PATH.fullmatch(path)
    first, second, dot = strokes_of(path)
    for seen, meant in zip(first + second, [(100, 200), (200, 100), (300, 200), (500, 50), (500, 350)], strict=True):
        assert seen == pytest.approx(meant, abs=3)
    assert dot[0] == dot[1] == pytest.approx((800, 200), abs=3)


def test_a_signature_of_a_mouse(stage):
    stage.show("sign")
    QTest.mousePress(stage.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, on_pen(stage, 100, 100))
    QTest.mouseMove(stage.window, on_pen(stage, 300, 300))
    QTest.mouseRelease(stage.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, on_pen(stage, 300, 300))
    stage.touch(stage.find("answer:sign"))
    ((_, path),) = stage.given()
    assert strokes_of(path)[0][-1] == pytest.approx((300, 300), abs=3)


def test_a_stroke_is_seen_and_can_be_wiped_away(stage):
    stage.show("sign")
    place = on_pen(stage, 500, 40)
    before = stage.window.grabWindow().pixelColor(place)
    draw(stage, (300, 40), (700, 40))
    assert stage.window.grabWindow().pixelColor(place) != before
    stage.touch(stage.find("sign:clear"))
    assert stage.window.grabWindow().pixelColor(place) == before
    assert not stage.find("answer:sign").property("available")
    assert stage.given() == []


def test_a_signature_is_kept_in_another_language_and_gone_with_its_screen(stage):
    stage.show("sign", number=1)
    draw(stage, (300, 100), (700, 100))
    stage.show("sign", number=2, language="en", care=True)
    assert pen(stage).property("count") == 1
    field = pen(stage)
    gone = []
    field.destroyed.connect(lambda: gone.append(True))
    stage.show("rating")
    stage.wait(lambda: gone)
    stage.show("sign")
    assert pen(stage).property("count") == 0


def test_a_finger_beside_the_field_stays_inside(stage):
    stage.show("sign")
    draw(stage, (980, 390), (1400, 700))
    stage.touch(stage.find("answer:sign"))
    ((_, path),) = stage.given()
    assert strokes_of(path)[0][-1] == (1000, 400)


@pytest.fixture(scope="module")
def strokes(qapp):
    engine = QJSEngine()
    source = (app.QML / "Kiosk" / "components" / "strokes.js").read_text(encoding="utf-8").removeprefix(".pragma library\n")
    assert not engine.evaluate(source).isError()
    engine.evaluate("function of(all) { return all.map(points => { const stroke = []; points.forEach(p => add(stroke, ...p)); return stroke; }); }")
    return engine


def path_of(engine, drawn):
    result = engine.evaluate(f"path(of({json.dumps(drawn)}))")
    assert not result.isError(), result.toString()
    return result.toString()


@given(st.lists(STROKE, min_size=1, max_size=20))
@settings(derandomize=True, max_examples=60)
def test_every_path_is_whole_numbers_on_the_field(strokes, drawn):
    path = path_of(strokes, drawn)
    assert PATH.fullmatch(path)
    assert all(0 <= x <= 1000 and 0 <= y <= 400 for stroke in strokes_of(path) for x, y in stroke)
    assert len(strokes_of(path)) == len(drawn)


@pytest.mark.parametrize(("many", "points"), [(1, 6000), (400, 40), (400, 1), (60, 200)])
def test_a_long_scribble_is_thinned_out_and_keeps_its_ends(strokes, many, points):
    drawn = [[((13 * at * (1 + stroke)) % 1001, (7 * at + stroke) % 401) for at in range(points)] for stroke in range(many)]
    path = path_of(strokes, drawn)
    assert len(path.encode()) <= 20_000
    assert PATH.fullmatch(path)
    assert [stroke[0] for stroke in strokes_of(path)] == [stroke[0] for stroke in drawn]


# -- the camera


def picture(stage):
    return next(item for item in stage.items() if item.metaObject().className().startswith("KkView"))


def test_the_camera_is_looked_at_while_its_screen_is_shown_and_only_then(stage):
    stage.show("rating")
    assert stage.looks == 0
    stage.show("camera")
    assert not picture(stage).property("dark")
    before = stage.looks
    stage.wait(lambda: stage.looks >= before + 3)
    stage.show("camera-taken")
    before = stage.looks
    QTest.qWait(250)  # more than two pictures' time in which nobody may look
    assert stage.looks == before


def test_the_preview_is_on_the_glass(stage):
    stage.show("camera")
    seen, middle = stage.window.grabWindow(), box(picture(stage)).center().toPoint()
    assert max(seen.pixelColor(middle + QPoint(0, down)).lightness() for down in range(-60, 60)) > 200  # paper


def test_a_camera_without_a_picture_says_so(stage):
    stage.show("camera-none", language="en")
    assert "No picture from the camera yet. Please wait." in said(stage)
    stage.show("camera", language="en")
    assert "No picture from the camera yet. Please wait." not in said(stage)


def test_a_page_is_taken_then_used_or_taken_again(stage):
    stage.show("camera")
    assert {"answer:take", "answer:other"} <= {item.objectName() for item in stage.targets()}
    stage.show("camera-taken")
    names = {item.objectName() for item in stage.targets()}
    assert {"answer:use", "answer:again"} <= names
    assert "answer:take" not in names
    stage.show("camera-busy")
    assert not {"answer:take", "answer:other"} & {item.objectName() for item in stage.targets()}


# -- rating and choices


@pytest.mark.parametrize(("orientation", "care"), [("portrait", False), ("portrait", True), ("landscape", False), ("landscape", True)])
def test_no_level_is_suggested(make_stage, orientation, care):
    stage = make_stage(orientation)
    stage.show("rating", care=care)
    levels = [stage.find(f"answer:rate:{level}") for level in (5, 4, 3, 2, 1)]
    assert max(level.width() for level in levels) - min(level.width() for level in levels) <= 1
    assert max(level.height() for level in levels) - min(level.height() for level in levels) <= 1
    colours = {stage.window.grabWindow().pixelColor(box(level).topLeft().toPoint() + QPoint(25, 25)).name() for level in levels}
    assert len(colours) == 1


def test_choices_are_ticked_in_place(stage):
    stage.show("choose-some-long", language="en")
    stage.touch(stage.find("page:next"))
    shown = [item.objectName() for item in stage.targets()]
    card = next(name for name in shown if name.startswith("answer:toggle:"))
    stage.touch(stage.find(card))
    ((action, value),) = stage.given()
    assert action == "toggle"
    long = samples.SCREENS["choose-some-long"]
    stage.show("choose-some-long", language="en", screen=replace(long, picked=(*long.picked, value)), place=stage.place)
    assert [item.objectName() for item in stage.targets()] == shown
    assert stage.find(card).property("tick") == "on"


def test_too_few_choices_say_how_many(stage):
    stage.show("choose-some-least", language="en")
    assert not stage.find("answer:done").property("available")
    assert "Choose at least 2" in said(stage)
    least = samples.SCREENS["choose-some-least"]
    stage.show("choose-some-least", language="en", screen=replace(least, picked=("slow", "papers")), place=stage.place)
    stage.touch(stage.find("answer:done"))
    assert stage.given() == [("done", "")]


def test_answers_are_changed_one_by_one_and_say_what_is_wrong(stage):
    stage.show("check-answers", language="en")
    changes = [item.objectName() for item in stage.targets() if item.objectName().startswith("answer:change:")]
    assert changes == [f"answer:change:{key}" for key in ("phone", "address", "date", "delivery")]
    assert "There is no such day. Choose another one." in said(stage)
    stage.touch(stage.find("answer:change:date"))
    assert stage.given() == [("change", "date")]


# -- typing


def enter(stage, pad, **fields):
    stage.show("enter-digits", screen=Enter(**{"title": "t", "hint": "h", "pad": pad, "least": 1, "most": 20} | fields), language="en")


def test_a_field_of_several_lines_counts_and_shows_the_end(stage):
    enter(stage, Pad.TEXT, lines=3, most=300, value="ab" * 148)
    assert "296 / 300" in said(stage)
    stage.touch(stage.find("key:c"))
    assert any(each.endswith("abc") for each in said(stage))
    for _ in range(4):
        if stage.find("key:c").property("available"):
            stage.touch(stage.find("key:c"))
    assert "300 / 300" in said(stage)
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "ab" * 148 + "cccc")]


def test_a_rare_character_is_one(stage):
    enter(stage, Pad.TEXT, lines=2, most=3, value="𠅤𠅤")
    assert "2 / 3" in said(stage)
    stage.touch(stage.find("key:backspace"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "𠅤")]


def test_markup_is_not_obeyed(stage):
    enter(stage, Pad.TEXT, lines=2, most=100, value="<b>&amp;</b>")
    assert "<b>&amp;</b>" in said(stage)
    assert "<b>&amp;</b>" in accessible_names(stage.window)


def test_a_question_may_be_skipped(stage):
    enter(stage, Pad.DIGITS)
    assert not [item for item in stage.targets() if item.objectName() == "answer:skip"]
    stage.show("enter-letters")
    stage.touch(stage.find("answer:skip"))
    assert stage.given() == [("skip", "")]


def test_an_id_number_has_ten_digits_and_an_x(stage):
    enter(stage, Pad.ID_NUMBER, least=18, most=18)
    keys = {item.objectName() for item in stage.targets() if item.objectName().startswith(("key:", "pad:"))}
    assert keys == {f"key:{each}" for each in "0123456789X"} | {"pad:delete", "pad:clear"}
    for key in "99999919900101101":
        stage.touch(stage.find(f"key:{key}"))
    stage.key(Qt.Key.Key_X)
    stage.key(Qt.Key.Key_A)
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "99999919900101101X")]


def test_words_are_made_of_what_is_being_composed_before_they_are_sent(stage):
    stage.show("enter-text", screen=Enter(title="t", hint="h", pad=Pad.TEXT, least=1, most=20, lines=2))
    if not any(item.objectName() == "key:mode-chinese" for item in stage.targets()):
        pytest.skip("no pinyin here")
    for key in ("n", "i", "h", "a", "o"):
        stage.touch(stage.find(f"key:{key}"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "你好")]


def test_a_keyboard_with_a_plug_writes_and_enters(stage):
    enter(stage, Pad.LETTERS)
    for key in (Qt.Key.Key_A, Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.key(key)
    stage.wait(lambda: stage.answers)
    assert stage.given() == [("enter", "A1")]
