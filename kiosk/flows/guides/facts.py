"""What the terminal knows while one citizen reads guides."""

from dataclasses import dataclass, field

from kiosk.backend.messages.catalogue import Guide
from kiosk.catalogue.found import EVERYTHING, Found, Narrowing
from kiosk.flow import Around
from kiosk.flow import Move as AnyMove
from kiosk.steps.printing import WithPrint


@dataclass(frozen=True, kw_only=True)
class Facts(WithPrint):
    """`guide` stays as it was when it was opened. `paper` is what is printed: guide, theme, or form or sample with a form's code."""

    typed: str = field(default="", repr=False)
    narrowing: Narrowing = EVERYTHING
    found: Found = field(default=Found(), repr=False)
    business: bool = False
    theme: str = ""
    guide: Guide | None = field(default=None, repr=False)
    material: int = 0
    paper: str = ""
    nonce: str = field(default="", repr=False)

    @property
    def shown(self) -> Guide:
        """The guide; only called where one is shown."""
        assert self.guide is not None  # noqa: S101 - for the type checker
        return self.guide


Move = AnyMove[Facts]


def url_of(guide: Guide, around: Around) -> str:
    """Where a phone reads the guide; "" where it cannot."""
    return around.catalogue.head.guide_url.replace("{code}", guide.code)
