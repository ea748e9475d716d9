import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from kiosk.__main__ import cli

ROOT = Path(__file__).resolve().parents[2]


def kiosk(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_help_names_every_command():
    said = kiosk("--help").output
    for command in ("run", "tour", "check", "office"):
        assert command in said


@pytest.mark.parametrize("command", [["run"], ["tour"], ["check"], ["office"], ["office", "serve"], ["office", "enrol"]])
def test_every_command_explains_itself(command):
    result = kiosk(*command, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 200


def test_the_shipped_config_is_said_to_be_right():
    result = kiosk("check", "--config", ROOT / "config")
    assert result.exit_code == 0, result.output
    assert "lc-hall-001" in result.output


def test_a_wrong_config_stops_with_one_sentence(tmp_path):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    file = tmp_path / "config" / "devices.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("baud = 9600", "buad = 9600"), encoding="utf-8")
    result = kiosk("check", "--config", tmp_path / "config")
    assert result.exit_code == 1
    assert "scanner" in result.output
    assert "baud" in result.output
    assert "Traceback" not in result.output


def test_run_without_a_key_says_who_gives_it(tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "kiosk", "run", "--config", str(ROOT / "config")]
    done = subprocess.run(
        command, cwd=tmp_path, env={**environment, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "key cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_is_enrolled_and_its_key_is_private(tmp_path):
    key = tmp_path / "keys" / "terminal.key"
    database = f"sqlite:///{tmp_path / 'office.db'}"
    served = _Served(tmp_path, database)
    try:
        result = kiosk("office", "enrol", "--database", database, "--hall", "city", "--key-file", key, "lc-hall-001")
        assert result.exit_code == 0, result.output
        assert key.stat().st_mode & 0o777 == 0o600
        assert key.read_text() not in result.output
    finally:
        assert served.stop() in {0, -signal.SIGTERM}
    assert (tmp_path / "office.secret").stat().st_mode & 0o777 == 0o600


class _Served:
    """`kiosk office serve` as a process."""

    def __init__(self, folder, database):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        arguments = ["office", "serve", "--database", database, "--secret-file", str(folder / "office.secret"), "--port", str(port), "--seed"]
        self._process = subprocess.Popen([sys.executable, "-m", "kiosk", *arguments], cwd=ROOT, stderr=subprocess.PIPE)
        end = time.monotonic() + 30
        while not _healthy(port):
            assert time.monotonic() < end, "the office did not start"
            assert self._process.poll() is None, self._process.stderr.read()

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        _, said = self._process.communicate(timeout=30)
        assert b"Traceback" not in said
        return self._process.returncode


def _healthy(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/v1/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
