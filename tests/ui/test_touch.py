"""What a finger does on the real window."""

import time

import pytest
from glass import box, said
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from kiosk.screens import Message
from kiosk.texts import text
from ui import samples


def expected(target):
    """Action and value that the object's name promises."""
    _, action, *value = target.objectName().split(":", 2)
    return action, value[0] if value else ""


VARIANTS = ("-long", "-empty", "-nothing", "-none", "-full")


@pytest.mark.parametrize("name", list(samples.SCREENS))
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_each_button_answers_once_with_what_it_promises(make_stage, orientation, name, heavy):
    if orientation == "landscape" and name.endswith(VARIANTS) and not heavy:
        pytest.skip("in make test-all: every sample upright, lying each screen once")
    stage = make_stage(orientation)
    stage.show(name)
    promises = [target.objectName() for target in stage.targets() if target.objectName().startswith("answer:")]
    assert len(promises) == len(set(promises))
    for promise in promises:
        stage.show(name, place=stage.place + 1)  # a fresh screen for each touch
        target = stage.find(promise)
        stage.touch(target)
        given = stage.given()
        if not target.property("available"):
            assert given == []
        elif promise == "answer:enter":
            assert given == [("enter", samples.SCREENS[name].value)]
        else:
            assert given == [expected(target)], promise


def test_a_double_touch_answers_once(stage):
    stage.show("home")
    target = stage.find("answer:choose:service:ticket")
    point = stage.centre(target)
    for _ in range(2):
        QTest.touchEvent(stage.window, stage.finger).press(0, point).commit()
        QTest.touchEvent(stage.window, stage.finger).release(0, point).commit()
    stage.settle()
    stage.touch(stage.find("answer:choose:service:look_up"))
    assert stage.given() == [("choose", "service:ticket")]
    stage.show("choose")
    stage.touch(stage.find("answer:choose:A"))
    assert stage.given() == [("choose", "A")]


def test_a_finger_that_slides_off_does_nothing(stage):
    stage.show("question")
    start = stage.centre(stage.find("answer:yes"))
    QTest.touchEvent(stage.window, stage.finger).press(0, start).commit()
    QTest.touchEvent(stage.window, stage.finger).move(0, start - QPoint(0, 300)).commit()
    QTest.touchEvent(stage.window, stage.finger).release(0, start - QPoint(0, 300)).commit()
    stage.settle()
    assert stage.given() == []


def test_a_pressed_button_looks_pressed_at_once(stage):
    stage.show("question")
    target = stage.find("answer:no")
    corner = target.mapToScene(box(target).center() - box(target).center()).toPoint() + QPoint(40, 20)
    before = stage.window.grabWindow().pixelColor(corner)
    QTest.touchEvent(stage.window, stage.finger).press(0, stage.centre(target)).commit()
    assert stage.window.grabWindow().pixelColor(corner) != before
    QTest.touchEvent(stage.window, stage.finger).release(0, stage.centre(target)).commit()


@pytest.fixture
def impatient_qt(qapp):
    """Qt takes a press of a few milliseconds for a long one."""
    hints = qapp.styleHints()
    before = hints.mousePressAndHoldInterval()
    hints.setMousePressAndHoldInterval(1)
    yield
    hints.setMousePressAndHoldInterval(before)


def test_a_long_press_is_a_touch(impatient_qt, stage):
    stage.show("question")
    target = stage.find("answer:yes")
    QTest.touchEvent(stage.window, stage.finger).press(0, stage.centre(target)).commit()
    pressed = time.monotonic()
    stage.wait(lambda: time.monotonic() > pressed + 0.02)
    QTest.touchEvent(stage.window, stage.finger).release(0, stage.centre(target)).commit()
    stage.settle()
    assert stage.given() == [("yes", "")]


def test_anywhere_on_the_attract_screen_starts(stage):
    stage.show("attract")
    point = QPoint(60, stage.window.height() // 2)
    QTest.touchEvent(stage.window, stage.finger).press(0, point).commit()
    QTest.touchEvent(stage.window, stage.finger).release(0, point).commit()
    stage.settle()
    assert stage.given() == [("start", "")]


def test_the_countdown_takes_every_touch(stage):
    stage.show("home", countdown=20)
    card = QPoint(200, 1800)
    QTest.touchEvent(stage.window, stage.finger).press(0, card).commit()
    QTest.touchEvent(stage.window, stage.finger).release(0, card).commit()
    stage.settle()
    assert stage.given() == []
    stage.touch(stage.find("answer:frame-stay"))
    assert stage.given() == [("frame-stay", "")]


def test_time_that_only_staff_could_extend_has_no_button_for_it(stage):
    frame = samples.frame("home", countdown=20)
    stage.show("home", frame=type(frame)(hall="H", end=True, countdown=20, extendable=False))
    assert {target.objectName() for target in stage.targets()} == {"answer:frame-end"}


def test_the_eye_stays_where_it_is(stage):
    stage.show("case")
    assert "999***********1010" in said(stage)
    stage.touch(stage.find("answer:eye"))
    assert stage.given() == [("eye", "")]
    stage.show("case-open")
    assert "999999199001011010" in said(stage)
    stage.touch(stage.find("answer:eye"))
    assert stage.given() == [("eye", "")]


def test_a_message_without_a_second_way_has_one_button(stage):
    stage.show("message-plain", screen=Message(title="t", primary=text("button-home")))
    assert {target.objectName() for target in stage.targets() if not target.objectName().startswith("answer:frame")} == {"answer:primary"}
