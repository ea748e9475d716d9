"""The office and the bench devices of one run, and the processes that are measured beside them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from kiosk import assembly
from kiosk.settings import Settings
from ui.preview import offscreen_desk
from ui.stand import Clock, Stand, working_morning

HERE = Path(__file__).parent
CONFIG = HERE.parents[1] / "config"


class Stage:
    """A stand that is running, with the config folder and the environment for terminals at it."""

    def __init__(self, folder: Path, stand: Stand) -> None:
        self.folder, self.stand = folder, stand
        self.config = folder / "config"
        self.log = folder / "stderr.txt"
        _write_config(self.config, stand.settings)
        self.environment = {**os.environ, "QT_QPA_PLATFORM": offscreen_desk(folder), "QT_QUICK_BACKEND": "software"}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a terminal has its modules compiled

    def child(self, script: str, *arguments: str, options: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        """Start a script of this folder; what it says on standard error goes to `log`."""
        command = [sys.executable, *options, str(HERE / script), *arguments]
        with self.log.open("w", encoding="utf-8") as log:
            return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=self.environment, cwd=self.folder, text=True)

    def result(self, script: str, *arguments: str) -> Any:
        """Run a script to its end; the JSON it printed. RuntimeError with its complaints when it failed."""
        with self.child(script, *arguments) as process:
            output, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{script}: {self.log.read_text(encoding='utf-8')}")
        return json.loads(output)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    settings = assembly.load_settings(CONFIG, assembly.sentences())
    with Stand(folder / "stand", settings, Clock(working_morning(datetime.now(UTC)))) as stand:
        yield Stage(folder, stand)


def _write_config(folder: Path, settings: Settings) -> None:
    shutil.copytree(CONFIG, folder)
    terminal = msgspec.to_builtins(settings.terminal)
    (folder / "terminal.toml").write_text("\n".join(_toml(terminal)), encoding="utf-8")
    (folder / "devices.toml").write_text("\n".join(_toml(dict(settings.devices))), encoding="utf-8")


def _toml(table: Mapping[str, Any], name: str = "") -> Iterator[str]:
    if name:
        yield f"[{name}]"
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    for key in table.keys() - inner.keys():
        yield f"{key} = {json.dumps(table[key])}"
    for key, value in inner.items():
        yield from _toml(value, f"{name}.{key}" if name else key)
