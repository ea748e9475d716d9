"""What the terminal knows while one citizen looks up a case."""

from dataclasses import dataclass

from kiosk.backend.messages import Case, CaseSummary
from kiosk.flow import End, Go, Stay
from kiosk.steps.identify import WithCard
from kiosk.texts import Label


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Facts(WithCard):
    """`tries` counts wrong pairs of number and phone, `prints` the slips begun, `slip` says what became of the last one."""

    number: str = ""
    phone: str = ""
    token: str = ""
    tries: int = 0
    cases: tuple[CaseSummary, ...] = ()
    case: Case | None = None
    revealed: bool = False
    prints: int = 0
    slip: Label = ""

    @property
    def found(self) -> Case:
        """The case; only called after it was found."""
        assert self.case is not None  # noqa: S101 - for the type checker
        return self.case


Move = Go[Facts] | Stay[Facts] | End | None
