from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kiosk import assembly
from kiosk.errors import SettingsError
from kiosk.screens import Attract

CONFIG = Path(__file__).resolve().parents[2] / "config"
SENTENCES = assembly.sentences()


@pytest.fixture
def settings(tmp_path):
    loaded = assembly.load_settings(CONFIG, SENTENCES)
    office = msgspec.structs.replace(loaded.terminal.office, key_file=str(tmp_path / "terminal.key"))
    terminal = msgspec.structs.replace(loaded.terminal, office=office, state_dir=str(tmp_path / "state"))
    (tmp_path / "terminal.key").write_text("k" * 64 + "\n")
    return msgspec.structs.replace(loaded, terminal=terminal)


def build(settings, views):
    ways = assembly.Ways(show=views.append, post=lambda _event: None, clock=lambda: datetime(2026, 3, 4, tzinfo=UTC))
    return assembly.terminal(settings, SENTENCES, ways)


def test_a_terminal_is_put_together_and_shows_its_first_screen(settings, tmp_path):
    views = []
    terminal = build(settings, views)
    terminal.begin()
    assert isinstance(views[-1].screen, Attract)
    terminal.stop()
    assert (tmp_path / "state" / "journal.db").exists()


def test_a_device_that_is_not_made_yet_shows_nothing(settings):
    terminal = build(settings, [])
    assert terminal.preview("document_camera") is None
    terminal.stop()


def test_two_starts_never_make_the_same_command_id(settings):
    assert assembly.place(settings, SENTENCES).boot != assembly.place(settings, SENTENCES).boot


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"\n", "empty"), (b"\xff\xfe", "cannot be read")])
def test_a_terminal_without_a_key_does_not_start(settings, tmp_path, content, said):
    key = tmp_path / "terminal.key"
    key.unlink()
    if content is not None:
        key.write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        build(settings, [])
