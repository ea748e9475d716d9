"""A library in a process of its own: what it costs the terminal when it hangs, dies or cannot be had."""

import logging
import os
import signal
import sys
from pathlib import Path

import pytest

from ui.aside import parent
from ui.aside.parent import Aside

PLAY = """
import os, sys, time
from ui.aside.child import serve

def answer(question):
    match question:
        case "die": os.abort()
        case "fail": raise ValueError("somebody's name")
        case "hang": time.sleep(1000)
        case "print": print("not an answer"); os.system("echo neither")
        case "write":
            try:
                os.write(os.open("/tmp/aside-must-not-be", os.O_WRONLY | os.O_CREAT), b"x")
            except OSError as error:
                return type(error).__name__
        case "long": return "长" * 300_000
    return question

serve(lambda: answer)
"""


@pytest.fixture
def aside(tmp_path, monkeypatch):
    script = tmp_path / "play.py"
    script.write_text(PLAY)
    aside = Aside("play", object)
    monkeypatch.setattr(aside, "command", (sys.executable, "-P", str(script)))
    yield aside
    aside.close()
    aside.close()
    assert aside._process is None


def test_it_answers(aside):
    aside.start()
    assert aside.ask("a") == "a"
    assert aside.ask([["b", 1.5], None]) == [["b", 1.5], None]
    assert aside.ask("long") == "长" * 300_000


def test_what_a_library_prints_is_no_answer(aside):
    assert aside.ask("print") == "print"
    assert aside.ask("a") == "a"


def test_it_writes_no_file(aside):
    try:
        assert aside.ask("write") == "OSError"
        assert Path("/tmp/aside-must-not-be").stat().st_size == 0
    finally:
        Path("/tmp/aside-must-not-be").unlink(missing_ok=True)


@pytest.mark.parametrize(("question", "how"), [("die", "ended by SIGABRT"), ("fail", "ended with status 1")])
def test_after_an_end_it_begins_anew_and_says_only_how(aside, question, how, caplog):
    assert aside.ask("a") == "a"
    with caplog.at_level(logging.WARNING):
        assert aside.ask(question) is None
    assert caplog.messages == [f"play {how}"]
    assert aside.ask("a") == "a"


def test_a_hanging_one_is_given_up(aside, monkeypatch):
    assert aside.ask("a") == "a"
    monkeypatch.setattr(parent, "_PATIENCE", 0.05)
    assert aside.ask("hang") is None
    monkeypatch.setattr(parent, "_PATIENCE", 5)
    assert aside.ask("a") == "a"


def test_one_that_never_answers_is_not_started_for_ever(aside, caplog):
    for _ in range(3):
        assert not aside.given_up
        assert aside.ask("die") is None
    assert aside.given_up
    assert caplog.messages[-1] == "play ended by SIGABRT; it is not started again"
    assert aside.ask("a") is None
    assert len(caplog.messages) == 3


def test_a_program_that_is_not_there(aside, monkeypatch):
    monkeypatch.setattr(aside, "command", ("/nowhere/python",))
    assert aside.ask("a") is None


def test_it_does_not_outlive_a_kill(aside):
    aside.ask("a")
    os.kill(aside._process._child.pid, signal.SIGKILL)
    assert aside.ask("a") is None
    assert aside.ask("a") == "a"
