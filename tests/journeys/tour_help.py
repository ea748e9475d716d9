"""The whole program as a process: real QML, real wire protocols on pseudo-terminals, the real office."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ("code_camera", "card_reader", "card_dispenser", "social_card_reader", "cabinet", "ups")  # no journey of a citizen meets them yet
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


def tour(out, *arguments):
    command = [sys.executable, "-m", "kiosk", "tour", "--out", str(out), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1700, check=False)


def config_of_citizens(folder):
    """The shipped config without the devices that stand beside: no camera at work for nothing.

    The printer has time to answer, which on the bench of a busy machine takes longer than a real one's.
    """
    config = Path(shutil.copytree(ROOT / "config", folder / "config"))
    devices = (config / "devices.toml").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^(?=\[)", devices)
    kept = [part for part in parts if not part.startswith(tuple(f"[{name}{end}" for name in BESIDE for end in "]."))]
    assert len(parts) - len(kept) == len(BESIDE) + 1  # the cabinet has a table of contacts
    assert "[receipt_printer]\n" in kept[1]
    kept[1] = kept[1].replace("[receipt_printer]\n", "[receipt_printer]\nanswer_ms = 3000\n")
    (config / "devices.toml").write_text("".join(kept), encoding="utf-8")
    return config


def goes_as_it_should(folder, orientation, language, journeys, *arguments):
    """Drive the journeys in this look; each ends well, and its pictures show something."""
    named = [word for name in journeys for word in ("--journey", name)]
    done = tour(folder, "--orientation", orientation, "--language", language, *arguments, *named)
    assert (folder / "report.json").exists(), done.stderr[-4000:]
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    missed = {journey["name"]: journey["error"] for journey in report["journeys"] if not journey["ok"]}
    assert not missed, f"{missed}\n{done.stderr[-4000:]}"
    assert done.returncode == 0
    page = (folder / "index.html").read_text(encoding="utf-8")
    for journey in report["journeys"]:
        assert journey["screens"] or journey["papers"]
        assert all(file in page for file in (*journey["screens"], *journey["papers"]))
        for file in journey["screens"]:
            with Image.open(folder / file) as picture:
                assert picture.size == SIZES[orientation]
                third = picture.resize((picture.width // 3, picture.height // 3), Image.Resampling.NEAREST)
                assert len(third.convert("P").getcolors()) > 8  # something is drawn on it
