"""The house stays easy to live in: small files, data where data belongs, no name of a package registry, no path of a machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 300
FOLDERS = {".ci", "assets", "config", "constraints", "drivers", "kiosk", "tests", "ui"}


def tracked():
    """Files of the project; without git, as in an archive, all but what tools leave."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.splitlines() if done.returncode == 0 else [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()]
    return [ROOT / name for name in names if not name.startswith(".venv") and (ROOT / name).exists()]


FILES = tracked()
CODE = [path for path in FILES if path.suffix in {".py", ".qml", ".js", ".sh"}]


def test_no_file_is_too_long():
    long = {str(path.relative_to(ROOT)): lines for path in CODE if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_the_folders_are_those_of_the_architecture():
    assert {path.relative_to(ROOT).parts[0] for path in FILES if len(path.relative_to(ROOT).parts) > 1} <= FOLDERS


def test_assets_and_config_hold_data_only():
    assert [path for path in CODE if path.relative_to(ROOT).parts[0] in {"assets", "config"}] == []


@pytest.mark.parametrize("folder", ["drivers", "kiosk", "ui"])
def test_nine_functions_of_ten_are_short(folder):
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 30


def test_no_file_names_a_package_registry():
    hosts = re.compile("|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "deb" + r"\.debian\.org")))
    assert [path for path in FILES if path.suffix not in {".png", ".otf"} and hosts.search(path.read_text(encoding="utf-8"))] == []
