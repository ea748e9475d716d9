"""What a touch or a key does on the real window."""

import re
import time

import pytest
from glass import box
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from kiosk.screens import Enter, Message, Pad
from kiosk.texts import text
from ui import samples

TURNING = {"page:next", "page:previous"}


def expected(target):
    """Action and value that the object's name promises."""
    _, action, *value = target.objectName().split(":", 2)
    return action, value[0] if value else ""


@pytest.mark.parametrize("name", list(samples.SCREENS))
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_each_button_answers_once_with_what_it_promises(make_stage, orientation, name):
    stage = make_stage(orientation)
    stage.show(name)
    promises = [target.objectName() for target in stage.targets() if target.objectName().startswith("answer:")]
    assert len(promises) == len(set(promises))
    for promise in promises:
        stage.show("busy")  # a fresh screen for each touch
        stage.show(name)
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


def test_the_countdown_keeps_what_was_typed(stage):
    stage.show("enter-digits", number=900)
    stage.touch(stage.find("key:7"))
    stage.show("enter-digits", number=900, countdown=20)
    stage.show("enter-digits", number=900)
    stage.touch(stage.find("key:8"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "1278")]


def enter(stage, pad, **fields):
    stage.show("enter-digits", screen=Enter(**{"title": "t", "hint": "h", "pad": pad, "least": 2, "most": 4} | fields))


def test_typing_by_touch(stage):
    enter(stage, Pad.CASE_NUMBER)
    for key in ("key:A", "key:Z", "pad:delete", "key:0", "key:9", "key:1"):
        stage.touch(stage.find(key))
    assert not stage.find("key:5").property("available")
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "A091")]


def test_clearing_and_too_little(stage):
    enter(stage, Pad.DIGITS, value="123")
    stage.touch(stage.find("pad:clear"))
    stage.touch(stage.find("key:4"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == []
    stage.touch(stage.find("key:2"))
    stage.touch(stage.find("answer:enter"))
    assert stage.given() == [("enter", "42")]


def test_typing_on_a_keypad_of_metal(stage):
    enter(stage, Pad.DIGITS)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_A, Qt.Key.Key_Backspace, Qt.Key.Key_3, Qt.Key.Key_Return):
        stage.key(key)
    assert stage.given() == [("enter", "13")]


def test_a_secret_is_never_drawn_nor_named(stage):
    enter(stage, Pad.DIGITS, value="4711", secret=True)
    assert not any("4711" in each for each in said(stage))
    assert "".join(said(stage)).count("●") == 4
    assert "4711" not in " ".join(accessible_names(stage.window))


def test_keys_go_everywhere_and_show_where_they_are(stage):
    stage.show("home")
    assert not rings(stage)
    seen = set()
    for _ in range(12):
        stage.key(Qt.Key.Key_Tab)
        seen.add(stage.window.activeFocusItem().objectName())
        assert len(rings(stage)) == 1
    assert seen == {target.objectName() for target in stage.targets()}


def test_arrows_move_and_ok_chooses(stage):
    stage.show("home")
    stage.key(Qt.Key.Key_Down)
    path = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        stage.key(key)
        path.append(stage.window.activeFocusItem().objectName().removeprefix("answer:choose:service:"))
    assert path[-4:] == ["book", "look_up", "pay", "ticket"] or path == ["ticket", "book", "look_up", "pay", "ticket"]
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == [("choose", "service:ticket")]


def test_the_first_key_only_shows_where_one_is(stage):
    stage.show("question")
    stage.find("answer:yes").forceActiveFocus()
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == []
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == [("yes", "")]


def test_a_shut_tile_takes_the_focus_but_no_key(stage):
    stage.show("home")
    stage.key(Qt.Key.Key_Down)
    stage.find("answer:choose:service:pay").forceActiveFocus()
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == []


def test_escape_is_back_where_there_is_a_way_back(stage):
    stage.show("choose")
    stage.key(Qt.Key.Key_Escape)
    assert stage.given() == [("frame-back", "")]
    stage.show("home")
    stage.key(Qt.Key.Key_Escape)
    assert stage.given() == []


def test_the_focus_ring_is_thick_enough(stage):
    stage.show("home")
    stage.key(Qt.Key.Key_Tab)
    ring = rings(stage)[0]
    face = ring.parentItem()
    assert (ring.width() - face.width()) / 2 >= 3


def rings(stage):
    return [item for item in stage.items() if item.objectName() == "ring"]


def accessible_names(window):
    names = []

    def walk(interface):
        names.extend([interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)])
        for at in range(interface.childCount()):
            walk(interface.child(at))

    QAccessible.setActive(True)
    walk(QAccessible.queryAccessibleInterface(window))
    return names


@pytest.mark.parametrize("name", list(samples.SCREENS))
def test_everything_has_a_name_and_a_role(stage, name):
    QAccessible.setActive(True)
    stage.show(name, language="en")
    for target in stage.targets():
        interface = QAccessible.queryAccessibleInterface(target)
        assert interface.role() == QAccessible.Role.Button, target.objectName()
        assert interface.text(QAccessible.Text.Name).strip(), target.objectName()
    heard = accessible_names(stage.window)
    assert heard[0] == "Qingshan Service Hall"
    for item in stage.items():
        if item.inherits("QQuickText") and item.property("font").family() != "Phosphor":
            shown = item.property("text").strip()
            assert re.fullmatch(r"|●|\d+ / \d+", shown) or any(shown in name or name in shown for name in heard if name), shown


def test_a_reader_hears_why_a_tile_is_shut(stage):
    QAccessible.setActive(True)
    stage.show("home", language="en")
    interface = QAccessible.queryAccessibleInterface(stage.find("answer:choose:service:pay"))
    assert "Closed for accounting" in interface.text(QAccessible.Text.Description)


def test_a_reader_can_press(stage):
    QAccessible.setActive(True)
    stage.show("question")
    interface = QAccessible.queryAccessibleInterface(stage.find("answer:yes"))
    interface.actionInterface().doAction("Press")
    stage.settle()
    assert stage.given() == [("yes", "")]


def said(stage):
    return [item.property("text") for item in stage.items() if item.inherits("QQuickText")]


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


def shown_screen(stage):
    return next(item for item in stage.items() if item.objectName() == "stage").childItems()[0]


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
