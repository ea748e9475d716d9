"""Whether what a camera shows is a picture at all: pure judgement over time, no clock."""

from dataclasses import dataclass

from drivers.errors import Action, DeviceError, Reason

BLACK = 32  # of 255, for the brightest hundredth of a picture: a lens cap, a hand, a sensor without light; noise stays below
PLAIN = 2.0  # standard deviation of luma: paint or tape over the lens; even an empty wall in even light has more


@dataclass(frozen=True, slots=True)
class Levels:
    """How bright a picture is: the luma that 1 % of its pixels exceed, and the standard deviation of luma."""

    high: float
    deviation: float

    @property
    def covered(self) -> bool:
        """Whether nothing is to be seen."""
        return self.high < BLACK or self.deviation < PLAIN


class Watch:
    """Looks at pictures as they come; an opinion changes for the worse after `patience` seconds, for the better at once."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self.begin(0.0)

    def begin(self, at: float) -> None:
        """The camera has been opened at `at`: patience begins anew, and nothing is known."""
        self._mark: int | None = None
        self._changed = self._seen = at
        self._covered = False
        self.moves = False  # two pictures were not the same
        self.sees = False  # something is to be seen

    def look(self, at: float, mark: int, levels: Levels | None) -> DeviceError | None:
        """What is wrong with the camera's picture, or None; `mark` is equal for equal pictures, `levels` None for one undecodable."""
        self._covered = levels is not None and levels.covered
        self.sees = levels is not None and not levels.covered
        if self.sees:
            self._seen = at
        return self.glance(at, mark)

    def glance(self, at: float, mark: int) -> DeviceError | None:
        """The same, for a picture whose brightness is not looked at."""
        if mark != self._mark:
            self.moves = self._mark is not None
            self._mark, self._changed = mark, at
        if at - self._changed >= self._patience:
            return DeviceError(Reason.NO_PICTURE, Action.RESET, "the same picture over and over")
        if self.sees or at - self._seen < self._patience:
            return None
        if self._covered:
            return DeviceError(Reason.NO_PICTURE, Action.CLEAR, "covered or black")
        return DeviceError(Reason.GARBLED, Action.MAINTENANCE, "pictures cannot be decoded")
