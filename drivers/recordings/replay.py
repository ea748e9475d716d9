"""A recording is played to its driver, without hardware, and what the driver tells is compared with what it told then."""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drivers import codec, registry
from drivers.errors import Reason
from drivers.recordings import recording
from drivers.recordings.player import Player
from drivers.recordings.recording import LEFT_OUT, Recording, RecordingError
from drivers.recordings.script import script

_PATIENCE = 30.0  # s, on top of twice what the recording took
_NOT_COMPARED = frozenset({"role", "changed", "attention", "detail"})  # who, what follows from the rest, counts from before, words
_STOPPED = "device stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a replay.

    `differences` are events that came and were not recorded (`+ …`), or the other way round (`- …`), each as JSON. `unknown` is
    what the driver said and the recording has not, as hexadecimal digits: no difference by itself, but often where one begins.
    """

    driver: str
    events: int
    differences: tuple[str, ...]
    unknown: tuple[str, ...]
    finished: bool

    @property
    def same(self) -> bool:
        """Whether the driver told the same."""
        return self.finished and not self.differences


def replay(path: Path) -> Report:
    """Play the recording `path`; takes as long as it took. Raises `RecordingError`, also where the driver does not take its settings."""
    try:
        return _play(recording.read(path))
    except registry.DriverConfigError as error:
        raise RecordingError(f"{path.name}: cannot be played: {error}") from error
    except RecordingError as error:
        raise RecordingError(f"{path.name}: {error}".replace(f"{path.name}: {path.name}", path.name)) from error


def _play(recorded: Recording) -> Report:
    play = script(recorded)
    player = Player(play)
    header = recorded.header
    settings = {name: value for name, value in header.settings.items() if name == "port" or value != LEFT_OUT}
    device = registry.load(header.role, header.driver, settings, recorder=player)
    player.device = device
    device.start(lambda _: None)
    try:
        finished = player.finished.wait(2 * play.ends + _PATIENCE)
    finally:
        device.stop()
    return Report(
        driver=header.driver,
        events=len(player.events),
        differences=tuple(_differences(play.events, [codec.shown(event) for event in player.events])),
        unknown=tuple(dict.fromkeys(out.hex() for out in player.unknown)),
        finished=finished,
    )


def _differences(then: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]) -> list[str]:
    before, after = (list(map(_comparable, filter(_counts, events))) for events in (then, now))
    return [line for line in difflib.ndiff(before, after) if line[0] in "+-"]


def _counts(event: Mapping[str, Any]) -> bool:
    """The end of a recording says nothing, nor does a count that reached its threshold: it may have begun before."""
    match event:
        case {"error": {"reason": Reason.CANCELED.value, "detail": detail}}:
            return bool(detail != _STOPPED)
        case {"type": "StatusChanged", "changed": ["attention"]}:
            return False
        case _:
            return True


def _comparable(event: Mapping[str, Any]) -> str:
    return json.dumps(_without(event), sort_keys=True, ensure_ascii=False)


def _without(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        return {name: _without(one) for name, one in value.items() if name not in _NOT_COMPARED}
    return value
