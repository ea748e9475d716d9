"""What the terminal knows while one citizen looks up a case."""

from dataclasses import dataclass

from kiosk.backend.messages import Case, CaseSummary, Urge
from kiosk.flow import Move as AnyMove
from kiosk.steps.asking import WithOffice
from kiosk.steps.delivery import WithDelivery
from kiosk.steps.identify import WithCard
from kiosk.texts import Label


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithCard, WithDelivery, WithOffice):
    """`tries` counts wrong pairs of number and phone, `prints` the slips begun, `slip` says what became of the last one."""

    number: str = ""
    phone_tail: str = ""
    token: str = ""
    tries: int = 0
    cases: tuple[CaseSummary, ...] = ()
    case: Case | None = None
    revealed: bool = False
    prints: int = 0
    slip: Label = ""
    nonce: str = ""
    urge: Urge | None = None

    @property
    def found(self) -> Case:
        """The case; only called after it was found."""
        assert self.case is not None  # noqa: S101 - for the type checker
        return self.case


Move = AnyMove[Facts]
