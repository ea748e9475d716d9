"""The four files of `config/` become one frozen value; whatever is wrong stops the start and is named with file and key."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from kiosk.errors import SettingsError

INSIDE = ("office", "numbers", "catalogue", "typesetter")  # roles that every terminal has besides its devices

Fraction = Annotated[float, Meta(ge=0, le=1)]
Seconds = Annotated[int, Meta(ge=1, le=86_400)]
Pixels = Annotated[int, Meta(ge=240, le=16_384)]
Millimetres = Annotated[int, Meta(ge=50, le=3_000)]


class Screen(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The display, upright as it is mounted: its picture in px and its visible area in mm."""

    width_px: Pixels
    height_px: Pixels
    width_mm: Millimetres
    height_mm: Millimetres


class Spot(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A place on the machine's front, as fractions from the top left corner."""

    x: Fraction
    y: Fraction


class Office(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the office is; `key_file` holds this terminal's bearer key and nothing else."""

    url: Annotated[str, Meta(pattern=r"^https?://")]
    key_file: str


class Idle(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Seconds; see `kiosk.idle.Times`."""

    warn: Seconds = 60
    entry: Seconds = 120
    countdown: Annotated[int, Meta(ge=20, le=600)] = 30  # WCAG 2.2.1: at least 20 s to answer a warning
    mask: Seconds = 90
    result: Seconds = 20
    limit: Seconds = 900
    card_gone: Seconds = 15
    care_factor: Annotated[int, Meta(ge=1, le=10)] = 3


class Terminal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """terminal.toml."""

    id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{2,63}$")]
    languages: Annotated[tuple[str, ...], Meta(min_length=1)]
    screen: Screen
    spots: Mapping[str, Spot] = {}
    office: Office
    idle: Idle = Idle()
    state_dir: str = "var"


class Site(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """site.toml: texts by language."""

    phone: str
    name: Mapping[str, str]
    human: Mapping[str, str]


class Service(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry of services.toml; see `kiosk.lobby.Offer`."""

    name: str
    entrance: str
    quick: bool = False
    needs: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()


class Services(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """services.toml."""

    service: Annotated[tuple[Service, ...], Meta(min_length=1)]


class Settings(Struct, frozen=True, kw_only=True):
    """All of them; `devices` is by role, each with the `driver` and that driver's own settings, which the driver checks."""

    terminal: Terminal
    site: Site
    services: tuple[Service, ...]
    devices: Mapping[str, Mapping[str, object]]


T = TypeVar("T", bound=Struct)
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]+)`(?: - at `\$\.?(?P<path>[^`]*)`)?")


def load(folder: Path, *, services: Iterable[str], languages: Iterable[str]) -> Settings:
    """Read and check the folder. `services` and `languages` are what this program has; SettingsError says what is wrong."""
    terminal = _read(folder / "terminal.toml", Terminal)
    site = _read(folder / "site.toml", Site)
    offered = _read(folder / "services.toml", Services)
    devices = _devices(folder / "devices.toml")
    for language in terminal.languages:
        _known(folder / "terminal.toml", "languages", language, tuple(languages))
    for service in offered.service:
        where = f"service {service.name}"
        _known(folder / "services.toml", "service.name", service.name, tuple(services))
        _known(folder / "services.toml", f"{where}: entrance", service.entrance, ("look", "query", "act", "ask", "rate"))
        for role in (*service.needs, *service.prefers):
            _known(folder / "services.toml", f"{where}: device", role, (*devices, *INSIDE))
    return Settings(terminal=terminal, site=site, services=offered.service, devices=devices)


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not TOML: {error}") from error


def _read(path: Path, kind: type[T]) -> T:
    raw = _toml(path)
    try:
        return msgspec.convert(raw, kind, strict=True)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {_explain(str(error), kind)}") from error


def _explain(message: str, kind: type[Struct]) -> str:
    """What msgspec says, with the nearest key where one is unknown."""
    match = _UNKNOWN.search(message)
    if match is None:
        return message
    key = match["key"]
    return f"unknown key `{_join(match['path'], key)}`{_nearest(key, _all_keys(kind))}"


def _join(path: str | None, key: str) -> str:
    return f"{path}.{key}" if path else key


def _all_keys(kind: type[Struct]) -> list[str]:
    """Keys of a struct and of all structs inside it: the nearest one may stand a level higher or lower."""
    found: list[str] = []
    for field in msgspec.structs.fields(kind):
        found.append(field.encode_name)
        for inner in (field.type, *getattr(field.type, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, Struct):
                found += _all_keys(inner)
    return found


def _nearest(key: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else ""


def _known(path: Path, what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SettingsError(f"{path}: {what}: there is no `{value}`{_nearest(value, known)}")


def _devices(path: Path) -> Mapping[str, Mapping[str, object]]:
    devices: dict[str, Mapping[str, object]] = {}
    for role, entry in _toml(path).items():
        if not isinstance(entry, dict) or not isinstance(entry.get("driver"), str):
            raise SettingsError(f"{path}: {role}: a device is a table with a `driver`")
        devices[role] = entry
    return devices
