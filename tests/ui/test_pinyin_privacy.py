"""Nothing typed is kept: not by the engine, not in a file, not in a process that goes on."""

import hashlib
import logging
import os
import re
import stat
from pathlib import Path

import pytest
from pinyin_help import Field, new_source, process_of, texts

from ui.pinyin import engine, keyboard
from ui.pinyin.composer import Candidate
from ui.pinyin.source import Source

NEVER_SAID = "bugaosurenderenming"  # no word of any dictionary
ABORTS = "zzzzzzzzzzzzzzzz"


@pytest.fixture
def source():
    source = new_source()
    yield source
    source.close()


def everything_in(*folders):
    """Names, sizes and times of all files."""
    files = (Path(at) / name for folder in folders for at, _, names in os.walk(folder) for name in names)
    return {str(file): (file.lstat().st_size, file.lstat().st_mtime_ns) for file in files}


def written_by(process):
    """Regular files that a process has open for writing."""
    opened = []
    for link in (process / "fd").iterdir():
        flags = int(re.search(r"flags:\s+(\d+)", (process / "fdinfo" / link.name).read_text()).group(1), 8)
        if flags & os.O_ACCMODE != os.O_RDONLY and stat.S_ISREG(link.stat().st_mode):
            opened.append(link.readlink())
    return opened


def test_no_file_is_written_and_nothing_is_learned(tmp_path, monkeypatch, qapp):
    for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    installed = engine.installed()
    folders = (tmp_path, installed.dictionary.parent, Path(engine.__file__).parents[2] / "assets")
    files, digest = everything_in(*folders), hashlib.sha256(installed.dictionary.read_bytes()).digest()

    field = Field()
    field.type("denghai")
    before = field.candidates
    field.composer.clear()
    for _ in range(20):
        field.type("denghai")
        field.composer.pick(len(field.candidates) - 1)
        field.composer.settle()
        field.type(NEVER_SAID)
        field.composer.settle()
    process = process_of(field.composer._source)
    assert written_by(process) == []
    limits = (process / "limits").read_text()
    assert re.search(r"Max file size +0 +0 ", limits)  # the kernel would not let it
    assert re.search(r"Max core file size +0 +0 ", limits)
    field.type("denghai")
    assert field.candidates == before
    field.close()
    again = Field()
    again.type("denghai")
    assert again.candidates == before
    again.close()

    assert everything_in(*folders) == files
    assert hashlib.sha256(installed.dictionary.read_bytes()).digest() == digest


def test_the_process_ends_with_the_keyboard(qapp):
    field = Field()
    field.type("ni")
    process = process_of(field.composer._source)
    assert process.exists()
    field.close()
    assert not process.exists()


def test_closing_forgets_what_was_being_composed(qapp):
    field = Field()
    field.type("shenfen")
    process = process_of(field.composer._source)
    field.composer.close()
    assert (field.letters, field.candidates, field.text) == ("", [], "")
    assert not process.exists()
    field.close()


def test_an_abort_of_the_engine_costs_the_end_of_the_letters_only(source, caplog):
    assert texts(source, "nihao")[0] == "你好"
    with caplog.at_level(logging.WARNING):
        found = source.candidates(ABORTS)
    assert found
    assert max(candidate.used for candidate in found) <= 12
    assert [record.getMessage() for record in caplog.records] == ["ui.pinyin ended by SIGABRT"]
    first = process_of(source)
    assert source.candidates(ABORTS + "z")
    assert process_of(source) == first  # it is not tried again
    assert texts(source, "nihao")[0] == "你好"


def test_a_process_that_is_killed_is_started_anew(source):
    source.candidates("ni")
    os.kill(source._helper._process._child.pid, 9)
    assert source.candidates("ni") == ()
    assert texts(source, "nihao")[0] == "你好"


def test_without_the_engine_there_is_a_hint_and_no_chinese(qapp, monkeypatch, caplog):
    monkeypatch.setattr(engine, "installed", lambda: None)
    composer = keyboard.Composer()
    assert not composer.open()
    assert not composer.property("available")
    assert caplog.messages == ["no Chinese by pinyin: the Debian package libgooglepinyin0 is not installed"]
    composer.type("n")
    composer.settle()
    composer.close()


def test_a_dictionary_without_its_library_is_no_engine(tmp_path):
    dictionary = tmp_path / "a-linux-gnu" / "googlepinyin" / "data" / "dict_pinyin.dat"
    dictionary.parent.mkdir(parents=True)
    dictionary.touch()
    assert engine.installed(tmp_path) is None
    (tmp_path / "a-linux-gnu" / "libgooglepinyin.so.0").touch()
    assert engine.installed(tmp_path).dictionary == dictionary
    with pytest.raises(OSError, match="file too short"):
        engine.Engine(engine.installed(tmp_path))


class Liar:
    """A process whose memory has suffered."""

    given_up = False

    def ask(self, question):
        return [("好", 0), ("", 2), ("你", -1), ("您", 99), ("泥", 2)]


def test_nonsense_from_the_process_is_no_candidate():
    assert Source(Liar()).candidates("ni") == (Candidate(text="泥", used=2),)
