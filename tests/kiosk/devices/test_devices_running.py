"""`kiosk devices` in a process of its own, and beside the terminal."""

import json
import os
import queue
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from devices_said import as_json

from drivers.bench.handle import Bench
from drivers.contract import Done, Reset
from kiosk import assembly

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def running(*arguments):
    """The command in a process of its own, as at the cabinet: Ctrl-C reaches it, whoever started the tests in the background."""
    command = [sys.executable, "-m", "kiosk", "devices", *map(str, arguments)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # what is ignored here would be ignored there too
    try:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, heard)
    with process:
        yield process
        process.kill()


def test_watch_tells_what_happens_until_it_is_interrupted(both, boards):
    with running("watch", "receipt_printer", "--config", both, "--json") as watching:
        first = json.loads(watching.stdout.readline())
        boards["receipt_printer"].set(cover="open")
        second = json.loads(watching.stdout.readline())
        watching.send_signal(signal.SIGINT)
        _, errors = watching.communicate(timeout=20)
        assert (watching.returncode, errors) == (0, "")
    assert first["status"]["state"] == "online"
    assert (second["status"]["parts"]["cover"], second["status"]["error"]["reason"]) == ("open", "coverOpen")


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_watch_does_not_tell_what_a_code_says(config, stack, tmp_path, more):
    board = stack.enter_context(Bench("code_scanner", tmp_path / "scanner"))
    folder = config(scanner={"driver": "scanners.serial_code", "port": board.port})
    with running("watch", "--config", folder, *more) as watching:
        said = watching.stdout.readline()
        board.scan("LC-9999-SECRET")
        said += watching.stdout.readline()
    assert "CodeScanned" in said
    assert "SECRET" not in said


def test_a_check_that_is_interrupted_could_not_be_made(both):
    with running("test", "id_reader", "--config", both, "--level", "interactive", "--yes", "--language", "en") as testing:
        assert testing.stderr.readline() == "Lay an ID card on the reader\n"
        testing.send_signal(signal.SIGINT)
        said, errors = testing.communicate(timeout=20)
        assert (testing.returncode, errors) == (2, "")
    assert "id_reader: not possible" in said


def test_the_terminal_keeps_counts_and_the_recording_that_was_asked_for(config, boards, tmp_path):
    folder = config(id_reader={"driver": "readers.sdt_id", "port": boards["id_reader"].port, "trace": True})
    (tmp_path / "terminal.key").write_text("k" * 64, encoding="ascii")
    settings = assembly.load_settings(folder, assembly.sentences())
    office = msgspec.structs.replace(settings.terminal.office, key_file=str(tmp_path / "terminal.key"))
    settings = msgspec.structs.replace(settings, terminal=msgspec.structs.replace(settings.terminal, office=office))
    told = queue.SimpleQueue()
    ways = assembly.Ways(show=lambda view: None, post=told.put, clock=lambda: datetime(2026, 3, 4, tzinfo=UTC))
    terminal = assembly.terminal(settings, assembly.sentences(), ways)
    terminal.begin()
    terminal.start()
    try:
        terminal._devices["id_reader"].do(Reset(role="id_reader", id="r"))
        while not isinstance(told.get(timeout=10), Done):
            pass
        listed, _ = as_json("list", "--config", folder)
    finally:
        terminal.stop()
    assert listed["devices"][0]["state"] == "inUse"
    kept = tmp_path / "state/devices"
    assert sorted(path.name for path in kept.iterdir()) == ["id_reader.json", "id_reader.trace.jsonl"]
    assert "resetCount" in (kept / "id_reader.json").read_text(encoding="utf-8")
    assert '"Done"' in (kept / "id_reader.trace.jsonl").read_text(encoding="utf-8")
