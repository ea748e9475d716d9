"""What the terminal knows while one citizen has their papers checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.backend.messages.catalogue import Material, MaterialStage
from kiosk.backend.messages.reviews import Licence, MaterialAnswer, Review
from kiosk.steps.asking import WithOffice
from kiosk.steps.identify import WithCard
from kiosk.steps.items import WithItem
from kiosk.steps.printing import WithPrint


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithCard, WithItem, WithPrint, WithOffice):
    """The answers so far by code of the material; `at` is the material that is asked about. `booking` is whose check-in wants this."""

    licences: tuple[Licence, ...] = ()
    answers: Mapping[str, MaterialAnswer] = field(default_factory=dict)
    at: int = 0
    ticked: tuple[str, ...] = ()  # places of the checks that hold true
    changing: bool = False  # one answer is given anew, then everything is shown again
    nonce: str = ""
    review: Review | None = None
    token: str = ""
    booking: str = ""

    @property
    def materials(self) -> tuple[Material, ...]:
        """What is asked about: what is due with the application. The rest is brought to the visit on site."""
        return tuple(one for one in self.chosen_guide.materials if one.stage is MaterialStage.APPLICATION)

    @property
    def material(self) -> Material:
        """The one that is asked about now."""
        return self.materials[self.at]

    @property
    def passed(self) -> Review:
        """The pre-review; only called where there is one."""
        assert self.review is not None  # noqa: S101 - for the type checker
        return self.review

    def licence_for(self, material: Material) -> Licence | None:
        """The person's valid electronic licence that replaces it."""
        return next((one for one in self.licences if one.valid and one.kind == material.licence), None) if material.licence else None
