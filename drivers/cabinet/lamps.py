"""What the outputs of an I/O board should be, so that each light shines as it was asked to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from drivers.cabinet.wiring import Light, coils, nearest
from drivers.contract import Color, Flash, Part
from drivers.errors import Action, DeviceError, Reason

# Hz, half of the time on; all below the three flashes a second that WCAG 2.2 (2.3.1) gives as the limit for photosensitive people
RATES = {Flash.SLOW: 0.5, Flash.MEDIUM: 1.0, Flash.QUICK: 2.0}


@dataclass(frozen=True, slots=True)
class Output:
    """A coil, or a holding register where a board flashes by itself."""

    address: int
    register: bool = False


class Lamps:
    """The lights as they were asked for; at first all are off."""

    def __init__(self, lights: Mapping[str, Light]) -> None:
        self._lights = lights
        self._asked: dict[str, tuple[Flash, Color]] = dict.fromkeys(lights, (Flash.OFF, Color.WHITE))
        self._alone: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The lights that are wired."""
        return tuple(self._lights)

    @property
    def parts(self) -> dict[str, Part]:
        """Each light: on, which may mean flashing, or off."""
        return {name: Part.OFF if flash is Flash.OFF else Part.ON for name, (flash, _) in self._asked.items()}

    def ask(self, name: str, flash: Flash, color: Color = Color.WHITE) -> None:
        """Let a light shine; raises `DeviceError` (UNSUPPORTED) for a light or colour that is not wired."""
        light = self._lights.get(name)
        if light is None:
            raise DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, f"no light {name!r}{nearest(name, self._lights)}")
        if light.colors and flash is not Flash.OFF and color not in light.colors:
            raise DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, f"light {name} cannot be {color}")
        self._asked[name] = (flash, color)

    def leave_on(self, names: Collection[str]) -> None:
        """From now on only these shine, without flashing."""
        for name, light in self._lights.items():
            self._asked[name] = (Flash.CONTINUOUS if name in names else Flash.OFF), next(iter(light.colors), Color.WHITE)

    def show_alone(self, name: str | None) -> None:
        """Let only this light shine, whatever was asked for, until called with None."""
        self._alone = name

    def wanted(self, now: float) -> dict[Output, int]:
        """What each output should be at this moment."""
        found: dict[Output, int] = {}
        for name, light in self._lights.items():
            flash, color = self._shown(name, light)
            if light.register is not None:
                found[Output(light.register, register=True)] = light.values[flash]
            for of, coil in coils(light).items():
                found[Output(coil)] = int(of in (None, color) and _lit(flash, now))
        return found

    def outputs(self, name: str, now: float) -> dict[Output, int]:
        """What the outputs of one light should be at this moment."""
        light = self._lights[name]
        own = {Output(coil) for coil in coils(light).values()} | {Output(light.register or 0, register=True)}
        return {output: value for output, value in self.wanted(now).items() if output in own}

    def _shown(self, name: str, light: Light) -> tuple[Flash, Color]:
        if self._alone is None:
            return self._asked[name]
        return (Flash.CONTINUOUS if name == self._alone else Flash.OFF), next(iter(light.colors), Color.WHITE)


def _lit(flash: Flash, now: float) -> bool:
    """Whether a light that flashes so is lit now; lights of the same rate flash together."""
    if flash in RATES:
        return int(now * RATES[flash] * 2) % 2 == 0
    return flash is Flash.CONTINUOUS
