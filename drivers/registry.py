"""From a driver's name and its settings to a device. The only place that imports a driver, and only when it is asked for.

A driver module `drivers/<kind>/<model>.py` has a `Settings`, a kind of `DeviceSettings`, and `build(context, settings) -> Hardware`.
"""

import difflib
import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import cast

import msgspec

from drivers.context import Context, DeviceSettings, unwatched
from drivers.contract import Hardware
from drivers.counters import Counters
from drivers.isolated import Isolated, Setup, Terms
from drivers.line import OpenLine
from drivers.recordings.recorder import FileRecorder
from drivers.trace import Recorder

_NAME = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+", re.ASCII)  # nothing else is ever imported
_NOT_KINDS = {"bench", "contract", "isolated", "recordings"}


class DriverConfigError(ValueError):
    """A driver's name or a setting is wrong; the message names it and the nearest one that exists, never a value."""


def names() -> list[str]:
    """All drivers there are, as `kind.model`."""
    here = Path(__file__).parent
    files = (path for path in here.glob("*/*.py") if path.parent.name not in _NOT_KINDS)
    found = (f"{path.parent.name}.{path.stem}" for path in files if not path.stem.endswith("_protocol"))
    return sorted(name for name in found if _NAME.fullmatch(name) and _has_build(here / f"{name.replace('.', '/')}.py"))


def load(
    role: str,
    name: str,
    settings: Mapping[str, object],
    *,
    keep: Path | None = None,
    trace_to: Path | None = None,
    recorder: Recorder | None = None,
    watch: Callable[[OpenLine], OpenLine] | None = None,
) -> Hardware:
    """Build the device `role` with the driver `name` (`readers.sdt_id`); raises `DriverConfigError`.

    Its counters live in the folder `keep`, or only as long as the device. Its line is recorded by `recorder`, else into the file
    `trace_to`, else with the setting `trace` into `keep`. With the setting `isolated` it runs in a child process; given `recorder`
    or `watch`, which need the line itself, it runs in this one all the same.
    """
    module = _module(name)
    checked = _settings(name, module.Settings, settings)
    counters = Counters(keep / f"{role}.json" if keep else None, checked.thresholds)
    if checked.isolated and recorder is None and watch is None:
        setup = Setup(role=role, driver=name, settings=dict(settings), keep=str(keep or ""), trace_to=str(trace_to or ""))
        like = cast("Hardware", module.build(Context(role=role, counters=counters), checked))
        return Isolated(setup, like, Terms(hang_s=checked.hang_s))
    if checked.trace and keep and trace_to is None:
        trace_to = keep / f"{role}.trace.jsonl"
    file = FileRecorder(trace_to) if trace_to and recorder is None else None
    context = Context(role=role, counters=counters, recorder=recorder or file, watch=watch or unwatched)
    device = cast("Hardware", module.build(context, checked))
    if file is not None:
        file.describe(name, role, settings, device.capabilities)
    return device


def check(name: str, settings: Mapping[str, object]) -> None:
    """Raise `DriverConfigError` when there is no such driver or a setting is wrong; touches no device."""
    _settings(name, _module(name).Settings, settings)


def _module(name: str) -> ModuleType:
    known = names()
    if name not in known:
        raise DriverConfigError(_sentence("driver", name, known))
    return importlib.import_module(f"drivers.{name}")


def _settings(name: str, kind: type[DeviceSettings], settings: Mapping[str, object]) -> DeviceSettings:
    fields = kind.__struct_fields__
    for key in settings:
        if key not in fields:
            raise DriverConfigError(f"{name}: " + _sentence("setting", key, fields))
    try:
        return msgspec.convert(dict(settings), kind)
    except msgspec.ValidationError as error:
        message = f"{name}: {error}"
        raise DriverConfigError(message) from None


def _sentence(what: str, wrong: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wrong, known := list(known), n=1, cutoff=0.0)
    return f"no {what} {wrong!r}; nearest is {near[0]!r}" if near else f"no {what} {wrong!r}"


def _has_build(path: Path) -> bool:
    return "\ndef build(" in path.read_text(encoding="utf-8")
