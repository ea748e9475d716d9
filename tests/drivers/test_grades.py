"""Grades say what is so: what of a rule can be seen in the code is looked up there."""

import importlib
import inspect
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from contract_rows import ROWS
from record import FOLDER as RECORDINGS

from drivers import grades, registry
from drivers.bench.catalogue import CATALOGUE
from drivers.contract import HealthLevel
from drivers.grades import RULES, GradesError, Mark, Tier
from drivers.recordings import recording
from drivers.runner import Driver

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "drivers/README.md").read_text(encoding="utf-8")
NAMES = registry.names()
GRADES = grades.load()
FILES = re.compile(r"(?:drivers|tests|kiosk|ui)/[\w/.]+\.\w+")
MODELS = {row.driver: row.model for row in ROWS}
BEYOND = {HealthLevel.EXTERNAL, HealthLevel.INTERACTIVE}


def source(name):
    return (ROOT / "drivers" / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")


def family(name):
    """The driver's module and all that are named after its model, and what they import of its own kind."""
    kind, model = name.split(".")
    text = source(name)
    beside = {path.stem for path in (ROOT / "drivers" / kind).glob("*.py")}
    own = {stem for stem in beside if stem.startswith(model) or re.search(rf"\b{kind}(?:\.| import .*\b){stem}\b", text)}
    return {stem: (ROOT / "drivers" / kind / f"{stem}.py").read_text(encoding="utf-8") for stem in own}


def capabilities(name):
    """What the driver can do as the contract suite sets it up."""
    row = next(row for row in ROWS if row.driver == name)
    nowhere = SimpleNamespace(port="/dev/null", address="127.0.0.1:1", folder=ROOT, name="nobody")
    return registry.load("device", name, {**row.where(nowhere), **row.settings}).capabilities


def driver_class(name):
    module = importlib.import_module(f"drivers.{name}")
    own = [one for _, one in inspect.getmembers(module, inspect.isclass) if issubclass(one, Driver) and one is not Driver]
    assert own, f"{name} has no Driver"
    return min(own, key=lambda one: one.__module__ != module.__name__)


def named(name, rule):
    """Files that the mark names."""
    return FILES.findall(GRADES[name][rule].words)


def has_protocol(name):
    kind, model = name.split(".")
    return named(name, "protocol") or ((ROOT / f"drivers/{kind}/{model}_protocol.py").exists() and (ROOT / f"tests/drivers/test_{model}_protocol.py").exists())


def is_fuzzed(name):
    corpus = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/fuzz").glob("target*.py"))
    stems = [Path(file).stem for file in named(name, "fuzzed") if file.startswith("drivers")] or [f"{name.split('.')[1]}_protocol"]
    return all(re.search(rf"\b{stem}\b", corpus) for stem in stems)


def has_recording(name):
    return any(recording.read(file).header.driver == name for file in RECORDINGS.glob("*.jsonl"))


SEEN = {
    "contract": lambda name: name in MODELS,
    "documented": lambda name: f"| `{name}` |" in README,
    "protocol": has_protocol,
    "fuzzed": is_fuzzed,
    "bench": lambda name: (ROOT / f"drivers/bench/{MODELS[name]}.py").exists(),
    "mishaps": lambda name: named(name, "mishaps") or list((ROOT / "tests/drivers").glob(f"test_{name.split('.')[1]}*.py")),
    "internal_check": lambda name: HealthLevel.INTERNAL in capabilities(name).health,
    "counters": lambda name: capabilities(name).counters,
    "person_check": lambda name: BEYOND & set(capabilities(name).health),
    "redacted": lambda name: driver_class(name).redactor is not Driver.redactor,
    "replayed": has_recording,
    "panel": lambda name: name in CATALOGUE,
    "texts": lambda name: {key for text in family(name).values() for key in re.findall(r'"(check-[a-z-]+)"', text)} <= sentences(),
}


def sentences():
    """Keys that every language has."""
    paths = (ROOT / "assets/i18n").glob("*/common.toml")
    return set.intersection(*(set(tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths))


def test_the_readme_has_the_rules_as_they_are():
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", README, re.MULTILINE)
    assert rows == [(rule.name, rule.tier, rule.says) for rule in RULES]


def test_every_driver_has_a_mark_for_every_rule_and_nobody_else_has():
    assert sorted(GRADES) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rule", SEEN)
def test_what_is_said_to_be_done_can_be_seen(name, rule):
    mark = GRADES[name][rule]
    if mark.state != "done":
        pytest.skip(f"{mark.state}: {mark.words}")
    assert SEEN[rule](name)


@pytest.mark.parametrize("name", NAMES)
def test_files_that_a_mark_names_are_there(name):
    missing = [file for rule in RULES for file in named(name, rule.name) if not (ROOT / file).exists()]
    assert missing == []


def test_nothing_is_platinum_before_it_met_hardware():
    for name, marks in GRADES.items():
        assert marks["hardware"].state != "exempt", name
        assert grades.grade_of(marks) is not Tier.PLATINUM or marks["hardware"].words, name


def marks(**others):
    return {rule.name: others.get(rule.name, Mark("done")) for rule in RULES}


@pytest.mark.parametrize(
    ("left", "grade"),
    [("silence", None), ("fuzzed", Tier.BRONZE), ("panel", Tier.SILVER), ("soak", Tier.GOLD), (None, Tier.PLATINUM)],
)
def test_a_grade_needs_all_rules_of_it_and_of_those_below(left, grade):
    given = marks(**({left: Mark("todo", "x"), "soak": Mark("todo", "x")} if left else {}))
    assert grades.grade_of(given) is grade
    assert (left is None) or left in {rule.name for rule in grades.missing(given)}


def test_a_rule_that_a_driver_need_not_keep_does_not_hold_it_back():
    assert grades.grade_of(marks(media_inside=Mark("exempt", "it holds no media"))) is Tier.PLATINUM


COMPLETE = "\n".join(f'{rule.name} = "done"' for rule in RULES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[readers.x", "grades.toml"),
        ("readers = 1", "not a table"),
        ("[readers]\nx = 1", "not a table"),
        ('[readers.x]\nsilence = "done"', "nothing said"),
        ("[readers.x]\n" + COMPLETE + '\nnonsense = "done"', "nonsense: no such rule"),
        ("[readers.x]\n" + COMPLETE.replace('soak = "done"', 'soak = "todo"'), "soak: is"),
        ("[readers.x]\n" + COMPLETE.replace('soak = "done"', 'soak = "perhaps: x"'), "soak: is"),
        ("[readers.x]\n" + COMPLETE.replace('soak = "done"', "soak = 5"), "soak: is"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(tmp_path, text, said):
    file = tmp_path / "grades.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GradesError, match=re.escape(said)):
        grades.load(file)
