"""What a person can do to a bench device: the buttons of the bench panel, and the mishaps a tour goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A button. Pressed, it sets the state's keys to `on`; where there is an `off`, pressed again it sets them to that.

    A key may name a place in a list, as in `inputs.0`. `count` names a key that goes up by one instead: something done once.
    """

    name: str
    label: str
    on: Mapping[str, Any] = field(default_factory=dict)
    off: Mapping[str, Any] | None = None
    count: str = ""
    lasts: bool = True  # whether the device stays so, and can be seen to be so

    def holds(self, state: Mapping[str, Any]) -> bool:
        """Whether the device is as this button makes it."""
        return self.lasts and bool(self.on) and all(_at(state, key) == value for key, value in self.on.items())

    def change(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """What of the state becomes what when the button is pressed."""
        if self.count:
            return {self.count: state[self.count] + 1}
        wanted = self.off if self.off is not None and self.holds(state) else self.on
        changed: dict[str, Any] = {}
        for key, value in wanted.items():
            name, _, place = key.partition(".")
            if place:
                row = list(changed.get(name, state[name]))
                row[int(place)] = value
                changed[name] = row
            else:
                changed[name] = value
        return changed


def toggle(name: str, label: str, key: str, on: object, off: object) -> Control:
    """A button that changes one key there and back."""
    return Control(name=name, label=label, on={key: on}, off={key: off})


def flag(key: str, label: str) -> Control:
    """A button for a key that is true or false."""
    return toggle(key.replace("_", "-"), label, key, on=True, off=False)


def choices(key: str, labels: Mapping[str, Any]) -> tuple[Control, ...]:
    """Buttons of which one holds at a time, by label."""
    return tuple(Control(name=f"{key.replace('_', '-')}-{value}", label=label, on={key: value}) for label, value in labels.items())


def _at(state: Mapping[str, Any], key: str) -> object:
    name, _, place = key.partition(".")
    value = state.get(name)
    return value[int(place)] if place and isinstance(value, list) else value
