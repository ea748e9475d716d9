"""What the terminal knows while one citizen says something to the office."""

from dataclasses import dataclass

from kiosk.backend.messages.matters import Matter
from kiosk.steps.asking import WithOffice
from kiosk.steps.identify import WithCard
from kiosk.steps.phone import WithPhone
from kiosk.steps.printing import WithPrint

LONGEST = 500  # characters of what is said


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MatterFacts(WithCard, WithPhone, WithPrint, WithOffice):
    """`about` is the code of what it is about, `said` the citizen's words; `number` and `code` open an earlier matter.

    `sought` is what was typed to find the item, `checking` that all was answered and single answers are being changed.
    """

    about: str = ""
    sought: str = ""
    said: str = ""
    checking: bool = False
    case: str = ""  # token
    nonce: str = ""
    language: str = ""  # when it was sent: asked again in another one it would be another request
    matter: Matter | None = None
    mine: tuple[Matter, ...] = ()
    number: str = ""
    code: str = ""
    token: str = ""
    tries: int = 0
    named: bool = True
    revealed: bool = False
    new: bool = False  # filed just now, so it may be printed and rated

    @property
    def found(self) -> Matter:
        """The matter; only called where there is one."""
        assert self.matter is not None  # noqa: S101 - for the type checker
        return self.matter
