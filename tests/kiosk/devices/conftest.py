"""A config folder of one's own, and devices on the bench for it."""

import json
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from drivers.bench.handle import Bench

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def stack():
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def config(tmp_path):
    """Writes a config folder whose devices are these."""

    def write(**devices):
        folder = tmp_path / "config"
        shutil.copytree(ROOT / "config", folder, dirs_exist_ok=True)
        tables = "\n".join(f"[{role}]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in entry.items()) for role, entry in devices.items())
        (folder / "devices.toml").write_text(tables, encoding="utf-8")
        services = '[[service]]\nname = "ticket"\nentrance = "act"\n'
        (folder / "services.toml").write_text(services, encoding="utf-8")
        terminal = (folder / "terminal.toml").read_text(encoding="utf-8")
        (folder / "terminal.toml").write_text(f'state_dir = "{tmp_path / "state"}"\n' + terminal, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def boards(stack, tmp_path):
    return {model: stack.enter_context(Bench(model, tmp_path / model)) for model in ("id_reader", "receipt_printer")}


@pytest.fixture
def both(config, boards):
    return config(
        id_reader={"driver": "readers.sdt_id", "port": boards["id_reader"].port, "health_ms": 200},
        receipt_printer={"driver": "printers.escpos", "port": boards["receipt_printer"].port, "health_ms": 200, "answer_ms": 300},
    )
