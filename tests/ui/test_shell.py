import threading
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QThread

from kiosk.flow import Answered, Tick, Typed
from kiosk.screens import Busy, Choose, Frame, Message, Option, View
from kiosk.texts import Sentences, text
from ui import samples
from ui.shell import Shell
from ui.words import words


@pytest.fixture
def events():
    return []


@pytest.fixture
def shell(qapp, events):
    return Shell(events.append, samples.sentences())


def view(number=1, screen=None, place=1, **frame):
    return View(number=number, place=place, screen=screen or Busy(title=text("frame-working")), frame=Frame(**frame))


def signals(shell):
    seen = []
    shell.screenChanged.connect(lambda: seen.append("screen"))
    shell.wordsChanged.connect(lambda: seen.append("words"))
    shell.frameChanged.connect(lambda: seen.append("frame"))
    return seen


def test_a_view_becomes_a_name_and_plain_values(shell):
    shell.show(view(hall={"zh-CN": "青山区", "en": "Qingshan"}, step=(2, 4), countdown=9, back=True))
    assert shell.name == "Busy"
    assert shell.content == {"title": "正在办理，请稍候", "detail": "", "number": ""}
    assert shell.frame["hall"] == "青山区"
    assert shell.frame["step"] == [2, 4]
    assert shell.frame["stepText"] == "第 2 步，共 4 步"
    assert shell.frame["countdownText"].startswith("9 秒")
    assert [language["tag"] for language in shell.frame["languages"]] == ["zh-CN", "en"]
    assert shell.words["back"] == "返回"


def test_an_answer_carries_the_view_and_a_new_nonce_each_time(qtbot, shell, events):
    nonces = set()
    for number in range(1, 6):
        shell.show(view(number))
        shell.answer("choose", "A")
        qtbot.waitUntil(lambda number=number: len(events) == number)
        assert (events[-1].view, events[-1].action, events[-1].value) == (number, "choose", "A")
        assert len(bytes.fromhex(events[-1].nonce)) == 16
        nonces.add(events[-1].nonce)
    assert len(nonces) == 5


def test_a_second_answer_to_the_same_view_is_dropped(qtbot, shell, events):
    shell.show(view(7))
    shell.answer("yes", "")
    shell.answer("no", "")
    shell.show(view(7, countdown=20))  # the same view with another frame
    shell.answer("no", "")
    shell.post(Tick(role="clock", now=0.0, time=datetime(2026, 11, 3, 9, 5, tzinfo=UTC)))
    qtbot.waitUntil(lambda: isinstance(events[-1] if events else None, Tick))
    assert [event.action for event in events if isinstance(event, Answered)] == ["yes"]
    shell.show(view(8))
    shell.answer("no", "")
    qtbot.waitUntil(lambda: isinstance(events[-1], Answered))
    assert events[-1].view == 8


def test_typing_is_told_with_its_place_and_closes_nothing(qtbot, shell, events):
    shell.typed("too early")
    shell.show(view(3, place=8))
    shell.typed("s")
    shell.typed("sh")
    shell.answer("choose", "A")
    qtbot.waitUntil(lambda: len(events) == 3)
    assert events[:2] == [Typed(place=8, text="s"), Typed(place=8, text="sh")]
    assert (events[2].view, events[2].action) == (3, "choose")


def test_before_the_first_view_there_is_nothing_to_answer(qtbot, shell, events):
    shell.answer("start", "")
    shell.post(Tick(role="clock", now=0.0, time=datetime(2026, 11, 3, tzinfo=UTC)))
    qtbot.waitUntil(lambda: bool(events))
    assert [type(event) for event in events] == [Tick]


def test_events_of_other_threads_are_handled_in_the_gui_thread_in_order(qtbot, qapp):
    handled = []
    shell = Shell(lambda event: handled.append((event.now, QThread.currentThread() is qapp.thread())), samples.sentences())
    ticks = [Tick(role="clock", now=float(at), time=datetime(2026, 11, 3, tzinfo=UTC)) for at in range(200)]
    worker = threading.Thread(target=lambda: [shell.post(tick) for tick in ticks])
    worker.start()
    worker.join()
    assert handled == []
    qtbot.waitUntil(lambda: len(handled) == len(ticks))
    assert handled == [(tick.now, True) for tick in ticks]


def test_a_tick_tells_the_time(qtbot, shell):
    with qtbot.waitSignal(shell.clockChanged):
        shell.post(Tick(role="clock", now=0.0, time=datetime(2026, 11, 3, 9, 5, 59, tzinfo=UTC)))
    assert shell.clock == "09:05"


def test_another_frame_is_no_other_screen(shell):
    shell.show(view(1))
    seen = signals(shell)
    shell.show(view(1, countdown=29))
    assert seen == ["frame"]


def test_the_same_view_again_changes_nothing(shell):
    shell.show(view(1))
    seen = signals(shell)
    shell.show(view(2))
    assert seen == []


def test_another_language_is_the_same_screen_in_other_words(shell):
    shell.show(view(1))
    seen = signals(shell)
    shell.show(view(2, language="en"))
    assert seen == ["frame", "words"]
    assert shell.content["title"] == "Working on it. Please wait."
    assert shell.words["back"] == "Back"


def test_a_screen_that_differs_is_a_new_one_even_of_the_same_kind(shell):
    shell.show(view(1, Choose(title="a", options=(Option(value="x", title="x"),))))
    seen = signals(shell)
    shell.show(view(2, Choose(title="b", options=(Option(value="x", title="x"),)), place=2))
    assert seen == ["screen"]


def test_the_same_place_with_other_content_is_the_same_screen(shell):
    shell.show(view(1, Choose(title="a", options=(Option(value="x", title="x"),))))
    seen = signals(shell)
    shell.show(view(1, Choose(title="a", options=(Option(value="x", title="x", note="3"),))))
    assert seen == ["words"]
    shell.show(view(2, Busy(title=text("frame-working"))))
    assert seen == ["words", "screen"]


def test_a_sentence_without_translation_is_an_error(shell):
    with pytest.raises(KeyError):
        shell.show(view(1, Message(title=text("nobody-wrote-this"), primary=text("button-home"))))
    with pytest.raises(KeyError):
        words(Sentences({"zh-CN": lambda: {"frame-back": "返回"}}), "zh-CN")


@pytest.mark.parametrize("language", samples.sentences().languages)
def test_all_words_are_translated(language):
    translated = words(samples.sentences(), language)
    assert all(translated.values())
    assert "%1" in translated["page"]
    assert "%2" in translated["page"]


def test_plural_of_the_countdown(shell):
    shell.show(view(1, language="en", countdown=1))
    assert " 1 second " in shell.frame["countdownText"]
    shell.show(view(1, language="en", countdown=2))
    assert " 2 seconds " in shell.frame["countdownText"]
