"""What the terminal knows while one citizen prints what was decided, or their licences."""

from dataclasses import dataclass, field

from kiosk.backend.messages import CaseSummary
from kiosk.backend.messages.documents import OfficialDocument
from kiosk.backend.messages.reviews import Licence
from kiosk.steps.asking import WithOffice
from kiosk.steps.identify import WithCard
from kiosk.steps.printing import WithPrint


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithCard, WithPrint, WithOffice):
    """What can be printed, what was chosen (`case` or `licence`, tokens), and the document once the office has issued the copy."""

    licences: tuple[Licence, ...] = ()
    cases: tuple[CaseSummary, ...] = ()
    case: str = ""
    licence: str = ""
    purpose: str = ""
    nonce: str = ""
    official: OfficialDocument | None = field(default=None)

    @property
    def issued(self) -> OfficialDocument:
        """The copy; only called after the office issued it."""
        assert self.official is not None  # noqa: S101 - for the type checker
        return self.official
