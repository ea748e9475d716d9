"""Settings become a terminal that is ready to start; the one place that knows every part."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from drivers import registry
from drivers.contract import Command, Device, Emit, Frame, Hardware
from kiosk import settings as config
from kiosk import texts
from kiosk.backend.messages import OFFICE
from kiosk.catalogue.catalogue import CATALOGUE
from kiosk.documents.messages import TYPESETTER
from kiosk.errors import SettingsError
from kiosk.idle import Times
from kiosk.lobby import Offer
from kiosk.place import Place, Show
from kiosk.services import NAMES, Flows
from kiosk.terminal import Terminal

ASSETS = Path(__file__).resolve().parent.parent / "assets"


def sentences() -> texts.Sentences:
    """All sentences of all languages."""
    return texts.load(ASSETS / "i18n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How the terminal is tied to the thread it lives in; see `kiosk.terminal.Terminal`."""

    show: Show
    post: Emit
    clock: Callable[[], datetime]


def load_settings(folder: Path, sentences: texts.Sentences) -> config.Settings:
    """Read the config folder; SettingsError says what is wrong."""
    return config.load(folder, services=NAMES, languages=sentences.languages)


def devices(settings: config.Settings) -> Mapping[str, Device]:
    """Make the devices by role, not yet started; SettingsError names the device and the key that is wrong."""
    return {role: _device(role, entry) for role, entry in settings.devices.items()}


def hardware(settings: config.Settings, role: str, *, keep: bool = False, trace_to: Path | None = None) -> Hardware:
    """One device by itself, not yet started, for a technician; SettingsError as `devices`, also where there is no such role.

    With `keep` it counts where the terminal's device does. Its line is recorded into `trace_to` only, never into the terminal's own.
    """
    if role not in settings.devices:
        raise SettingsError(f"devices.toml: there is no device {role!r}; there are {', '.join(settings.devices) or 'none'}")
    return _device(role, {**settings.devices[role], "trace": False}, keep=_kept(settings) if keep else None, trace_to=trace_to)


def _kept(settings: config.Settings) -> Path:
    """Where devices keep their counters and recordings."""
    return Path(settings.terminal.state_dir) / "devices"


def _device(role: str, entry: Mapping[str, object], *, keep: Path | None = None, trace_to: Path | None = None) -> Hardware:
    rest = {key: value for key, value in entry.items() if key != "driver"}
    try:
        return registry.load(role, str(entry["driver"]), rest, keep=keep, trace_to=trace_to)
    except registry.DriverConfigError as error:
        raise SettingsError(f"devices.toml: {role}: {error}") from error


class _Later:
    """A device that is made when it is started: the first frame does not wait for what drivers import."""

    def __init__(self, make: Callable[[], Device]) -> None:
        self._make = make
        self._device: Device | None = None

    def start(self, emit: Emit) -> None:
        """Make and start it; whatever making it raises."""
        self._device = self._make()
        self._device.start(emit)

    def do(self, command: Command) -> None:
        """Pass it on; before `start` it is dropped, as by any device."""
        if self._device is not None:
            self._device.do(command)

    @property
    def newest(self) -> Frame | None:
        """What its camera sees now, if it has one."""
        found: Frame | None = getattr(self._device, "newest", None)
        return found

    def stop(self) -> None:
        """Stop the device, if it was made."""
        if self._device is not None:
            self._device.stop()


def place(settings: config.Settings, sentences: texts.Sentences) -> Place:
    """What the session needs to know of where it stands."""
    offers = tuple(
        Offer(name=s.name, entrance=s.entrance, quick=s.quick, needs=s.needs, prefers=s.prefers) for s in settings.services
    )
    return Place(
        flows=Flows(),
        offers=offers,
        roles=frozenset((*settings.devices, *config.INSIDE)),
        sentences=sentences,
        languages=settings.terminal.languages,
        hall=settings.site.name,
        human=settings.site.human,
        times=Times(**msgspec.structs.asdict(settings.terminal.idle)),
        boot=secrets.token_hex(6),
    )


def terminal(settings: config.Settings, sentences: texts.Sentences, ways: Ways) -> Terminal:
    """Put everything together; SettingsError for a key that cannot be had, apsw.Error for a disk that cannot be used.

    The devices are made when the terminal is started, which raises SettingsError for what the config asks and cannot be had.
    """
    from kiosk.journal import Journal  # noqa: PLC0415 - not needed where settings are only checked

    state = Path(settings.terminal.state_dir)
    key = _key(Path(settings.terminal.office.key_file))
    state.mkdir(parents=True, exist_ok=True)
    made = {role: _Later(partial(_device, role, entry, keep=_kept(settings))) for role, entry in settings.devices.items()}
    return Terminal(
        place(settings, sentences),
        {**made, **_inside(settings.terminal.office.url, key, state, ways.clock)},
        Journal(state / "journal.db"),
        show=ways.show,
        post=ways.post,
        clock=ways.clock,
    )


def _inside(url: str, key: str, state: Path, clock: Callable[[], datetime]) -> Mapping[str, Device]:
    """What every terminal has besides its devices; the line to the office rings when it comes up."""
    up = threading.Event()
    return {
        OFFICE: _Later(partial(_line, url, key, state, clock, up.set)),
        CATALOGUE: _Later(partial(_keeper, url, key, state / "catalogue.db", clock, up)),
        TYPESETTER: _Later(_typesetter),
    }


def _line(url: str, key: str, state: Path, clock: Callable[[], datetime], came_up: Callable[[], None]) -> Device:
    from kiosk.backend.access import OfficeAccess  # noqa: PLC0415 - after the first frame
    from kiosk.backend.device import OfficeLine  # noqa: PLC0415

    access = OfficeAccess(url=url, key=key)
    return OfficeLine(access, outbox=state / "outbox.db", numbers=state / "numbers.db", clock=clock, came_up=came_up)


def _keeper(url: str, key: str, store: Path, clock: Callable[[], datetime], up: threading.Event) -> Device:
    from kiosk.backend.access import OfficeAccess  # noqa: PLC0415 - after the first frame
    from kiosk.catalogue.keeper import CatalogueKeeper  # noqa: PLC0415

    return CatalogueKeeper(OfficeAccess(url=url, key=key), store, words=ASSETS / "search.toml", clock=clock, up=up)


def _typesetter() -> Device:
    from kiosk.documents.device import Typesetter  # noqa: PLC0415 - after the first frame

    return Typesetter()


def _key(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: this terminal's key cannot be read; the office gives it when the terminal is enrolled") from error
    if not key:
        raise SettingsError(f"{path}: this terminal's key is empty")
    return key
