import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [("baud = 9600", "buad = 9600", "nearest is 'baud'"), ("scanners.serial_code", "scanners.serial_cod", "nearest is 'scanners.serial_code'")],
)
def test_run_with_a_device_that_cannot_be_had_ends_and_says_which(tmp_path, right, wrong, said):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    devices = tmp_path / "config" / "devices.toml"
    devices.write_text(devices.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "terminal.key").write_text("k" * 64, encoding="ascii")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kiosk", "run"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Error: devices.toml: scanner: " in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
