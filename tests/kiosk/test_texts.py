import ast
import re
import tomllib
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from drivers.errors import Action, DeviceError, Reason
from kiosk import assembly, screens
from kiosk.backend.messages import CaseState, DeliveryKind, StageState, TicketState
from kiosk.backend.messages.bookings import BookingState
from kiosk.backend.messages.matters import MatterState
from kiosk.errors import BackendError, BackendReason, Refusal
from kiosk.screens import entry, reading
from kiosk.texts import Sentences, full_date, load, on_date, text

SENTENCES = assembly.sentences()
ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"[a-z_]+(-[a-zA-Z_0-9]+)*")


def sources():
    found = (path for folder in ("drivers", "kiosk", "ui") for path in (ROOT / folder).rglob("*.py"))
    return [path for path in found if not {"office", "bench"} & set(path.parts)]  # the office's `text` is another one


def literals(path):
    """String constants of a file; an f-string counts as a pattern."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        if isinstance(node, ast.JoinedStr):
            yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)


def qml_words():
    return {word for path in (ROOT / "ui/qml").rglob("*.qml") for word in re.findall(r"[a-z]+(?:-[a-z]+)+", path.read_text(encoding="utf-8"))}


def test_every_language_translates_every_key():
    wanted = SENTENCES.keys("zh-CN")
    for language in SENTENCES.languages:
        assert SENTENCES.keys(language) == wanted


def test_every_sentence_takes_the_same_arguments_in_every_language():
    def arguments(language, key):
        sentence = SENTENCES.of(language)[key]
        forms = [sentence] if isinstance(sentence, str) else sentence.values()
        return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}

    for key in SENTENCES.keys("zh-CN"):
        assert arguments("en", key) <= arguments("zh-CN", key) | {"n"}, key
        assert arguments("zh-CN", key) <= arguments("en", key), key


def test_no_sentence_is_unused():
    patterns = {literal for path in sources() for literal in literals(path)}
    whole = re.compile("|".join(sorted(f"(?:{pattern})" for pattern in patterns if len(pattern) < 60 and pattern not in ("", ".+"))))
    unused = {key for key in SENTENCES.keys("zh-CN") if not whole.fullmatch(key)} - qml_words()
    assert unused == set()


def test_every_key_made_from_an_enum_exists():
    made = (
        [f"case-state-{state}" for state in CaseState]
        + [f"ticket-state-{state}" for state in TicketState]
        + [f"booking-state-{state}" for state in BookingState]
        + [f"matter-state-{state}" for state in MatterState]
        + [f"delivery-{kind}" for kind in DeliveryKind]
        + [f"stage-{state}" for state in StageState]
        + [BackendError(reason).key for reason in BackendReason]
        + [BackendError(BackendReason.REFUSED, refusal=refusal).key for refusal in Refusal]
        + [DeviceError(reason, Action.WAIT).key for reason in Reason]
        + [f"role-{role}" for role in ("office", *tomllib.loads((ROOT / "config/devices.toml").read_text(encoding="utf-8")))]
        + ["check-yes", "check-no"]
    )
    assert set(made) <= SENTENCES.keys("zh-CN")


def test_every_literal_key_exists():
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="text"), args=[ast.Constant(value=str(key))]) | ast.Call(
                    func=ast.Attribute(attr="ask"), args=[ast.Constant(value=str(key)), *_]
                ):
                    assert key in SENTENCES.keys("zh-CN"), f"{path.name}: {key}"


def test_arguments_may_be_labels_and_numbers_choose_the_plural():
    label = text("queue-note", ahead=text("people", n=1), wait=text("wait-unknown"))
    assert SENTENCES.say("en", label) == "Ahead: 1 person · Wait: not known"
    assert SENTENCES.say("en", text("people", n=2)) == "2 people"
    assert SENTENCES.say("zh-CN", text("people", n=1)) == "1 人"


def test_a_date_cannot_be_mistaken_in_any_language():
    day = date(2026, 5, 11)
    said = [SENTENCES.say(language, label(day)) for label in (on_date, full_date) for language in ("zh-CN", "en")]
    assert said == ["5月11日", "11 May", "2026年5月11日", "11 May 2026"]
    assert all(SENTENCES.say(language, on_date(date(2026, month, 1))) for month in range(1, 13) for language in SENTENCES.languages)


def test_words_of_the_office_fall_back_to_the_source_language():
    assert SENTENCES.say("en", {"zh-CN": "社保"}) == "社保"
    assert SENTENCES.say("en", {"mn": "x"}) == "x"
    assert SENTENCES.say("en", {}) == ""


def test_braces_in_an_argument_are_plain_text():
    assert "{n}" in SENTENCES.say("zh-CN", text("ticket-where", where="{n} {__class__}"))


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        Sentences({"zh-CN": dict}).say("zh-CN", text("nothing"))


def test_a_key_in_two_files_is_an_error(tmp_path):
    (tmp_path / "en").mkdir()
    for name in ("one", "two"):
        (tmp_path / "en" / f"{name}.toml").write_text('key = "value"')
    with pytest.raises(ValueError, match=r"two\.toml: key is in another file too"):
        load(tmp_path).say("en", text("key"))


def test_every_screen_is_a_frozen_dataclass():
    for kind in (*vars(screens).values(), *vars(entry).values(), *vars(reading).values()):
        if isinstance(kind, type) and issubclass(kind, screens.Screen):
            assert kind.__dataclass_params__.frozen
