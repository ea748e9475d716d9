"""What `kiosk devices` says: lines of words for a technician, JSON for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from drivers import codec
from drivers import grades as scale
from drivers.contract import Event, StatusChanged
from drivers.recordings.replay import Report
from kiosk.devices import Found, Trouble, changes

_UNREMARKABLE = {"ok", "closed", "locked", "full", "notSupported", "unknown", "notPresent", "run", "powering", "operational", "off", "on"}


def plain(value: Any) -> str:  # noqa: ANN401 - anything that can be JSON
    """One line of JSON."""
    return msgspec.json.encode(value, enc_hook=str).decode()


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their columns aligned; the last one may be as long as it likes."""
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def table(all_found: Sequence[Found]) -> str:
    """What `list` says in words."""
    if not all_found:
        return "No devices in devices.toml."
    rows = [(one.role, one.driver, one.where, one.state, _identity(one)) for one in all_found]
    head, *lines = columns([("ROLE", "DRIVER", "WHERE", "STATE", "IDENTITY"), *rows])
    said = [head]
    for line, one in zip(lines, all_found, strict=True):
        said += [line, *(f"    {remark}" for remark in _remarks(one))]
    return "\n".join(said)


def told(error: Trouble) -> str:
    """An error in words."""
    return f"{error.sentence}; {error.acts} ({error.reason}{': ' if error.detail else ''}{error.detail})"


def event_line(event: Event, sentence: str) -> str:
    """What `watch` says of an event; `sentence` is that of a status's error."""
    match event:
        case StatusChanged(status=status):
            return ": ".join(filter(None, [f"{event.role}  {status.state}", sentence, changes(event)]))
        case _:
            shown = {name: value for name, value in codec.shown(event).items() if name not in {"type", "role", "left_out"}}
            return f"{event.role}  {type(event).__name__}  " + ", ".join(f"{name} {value}" for name, value in shown.items())


def report(came: Report, *, as_json: bool) -> str:
    """What came of a replay."""
    if as_json:
        return plain({**msgspec.to_builtins(came), "same": came.same})
    if came.same:
        said = [f"{came.driver}: the same {came.events} events."]
    else:
        said = [f"{came.driver}: other events than recorded (- then, + now):", *came.differences]
    if not came.finished:
        said.append("The recording was not played to its end: the driver did something else than then.")
    if came.unknown:
        said.append(f"The driver said {len(came.unknown)} things that are not in the recording; the first is {came.unknown[0][:60]}.")
    return "\n".join(said)


def grades(*, as_json: bool) -> str:
    """All drivers and their grades."""
    entries = scale.load()
    if as_json:
        return plain([_grade(name, marks) for name, marks in sorted(entries.items())])
    rows = [(name, name.partition(".")[0], scale.grade_of(marks) or "none", _next(marks)) for name, marks in sorted(entries.items())]
    return "\n".join(columns([("DRIVER", "KIND", "GRADE", "MISSING FOR THE NEXT"), *rows]))


def _grade(name: str, marks: scale.Marks) -> dict[str, Any]:
    return {
        "driver": name,
        "kind": name.partition(".")[0],
        "grade": scale.grade_of(marks),
        "rules": {
            rule.name: {"tier": rule.tier, "state": marks[rule.name].state, "words": marks[rule.name].words} for rule in scale.RULES
        },
    }


def _next(marks: scale.Marks) -> str:
    """What the next grade lacks."""
    missing = scale.missing(marks)
    return ", ".join(rule.name for rule in missing if rule.tier is missing[0].tier) if missing else "-"


def _identity(one: Found) -> str:
    known = one.identity
    name = " ".join(known[key] for key in ("maker", "model") if key in known)
    return ", ".join(filter(None, [name, *(f"{key} {known[key]}" for key in ("serial", "firmware") if key in known)]))


def _remarks(one: Found) -> Iterable[str]:
    if one.held:
        yield f"in use by {one.held}"
    if one.state == "starting":
        yield "has not told yet how it is"
    if one.error is not None:
        yield told(one.error)
    notable = [f"{name} {state}" for name, state in {**one.parts, **one.supplies}.items() if state not in _UNREMARKABLE]
    if notable:
        yield ", ".join(notable)
    for name in one.attention:
        yield f"{name} has reached its threshold"
