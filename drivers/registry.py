"""From a driver's name and its settings to a device. The only place that imports a driver, and only when it is asked for.

A driver module `drivers/<kind>/<model>.py` has a frozen msgspec struct `Settings` and `build(role, settings) -> Device`.
"""

import difflib
import importlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

import msgspec

from drivers.contract import Device

_NAME = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+", re.ASCII)  # nothing else is ever imported
_NOT_KINDS = {"bench"}


class DriverConfigError(ValueError):
    """A driver's name or a setting is wrong; the message names it and the nearest one that exists, never a value."""


def names() -> list[str]:
    """All drivers there are, as `kind.model`."""
    here = Path(__file__).parent
    files = (path for path in here.glob("*/*.py") if path.parent.name not in _NOT_KINDS)
    found = (f"{path.parent.name}.{path.stem}" for path in files if not path.stem.endswith("_protocol"))
    return sorted(name for name in found if _NAME.fullmatch(name) and _has_build(here / f"{name.replace('.', '/')}.py"))


def load(role: str, name: str, settings: Mapping[str, object]) -> Device:
    """Build the device `role` with the driver `name` (`readers.sdt_id`); raises `DriverConfigError`."""
    known = names()
    if name not in known:
        raise DriverConfigError(_sentence("driver", name, known))
    module = importlib.import_module(f"drivers.{name}")
    return cast("Device", module.build(role, _settings(name, module.Settings, settings)))


def _settings(name: str, kind: type[msgspec.Struct], settings: Mapping[str, object]) -> msgspec.Struct:
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
