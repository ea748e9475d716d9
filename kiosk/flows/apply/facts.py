"""What the terminal knows while one citizen applies for something."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.contract import Frame
from kiosk.answers import applies
from kiosk.backend.messages.applications import GivenMaterial, HandOver, Receipt
from kiosk.backend.messages.catalogue import Material, MaterialStage
from kiosk.backend.messages.forms import Field, FieldKind, Form
from kiosk.backend.messages.reviews import Licence
from kiosk.steps.asking import WithOffice
from kiosk.steps.delivery import WithDelivery
from kiosk.steps.identify import WithCard
from kiosk.steps.items import WithItem
from kiosk.steps.phone import is_phone
from kiosk.steps.printing import WithPrint

NO_ANSWERS: Mapping[str, str] = {}
NO_MATERIALS: Mapping[str, GivenMaterial] = {}


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithCard, WithItem, WithDelivery, WithPrint, WithOffice):
    """The form and what was answered. `at` is the field, `on` the material that is asked about."""

    form: Form | None = None
    licences: tuple[Licence, ...] = ()
    answers: Mapping[str, str] = field(default_factory=lambda: NO_ANSWERS)
    at: int = -1
    picks: tuple[str, ...] = ()
    materials: Mapping[str, GivenMaterial] = field(default_factory=lambda: NO_MATERIALS)
    on: int = -1
    page: Frame | None = None
    uploads: tuple[str, ...] = ()
    hand_over: HandOver | None = None
    signature: str = ""
    language: str = ""  # when it was sent: asked again in another one it would be another request
    nonce: str = ""
    receipt: Receipt | None = None

    @property
    def the_form(self) -> Form:
        """The form; only called after an item was chosen."""
        assert self.form is not None  # noqa: S101 - for the type checker
        return self.form

    @property
    def asked_field(self) -> Field:
        """The field that is asked now."""
        return self.the_form.fields[self.at]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that apply, given the answers so far."""
        return tuple(one for one in self.the_form.fields if applies(one, self.answers))

    @property
    def phone_in_form(self) -> str:
        """The first mobile number among the answers, "" where there is none."""
        phones = (self.answers.get(one.key, "") for one in self.fields if one.kind == FieldKind.PHONE)
        return next(filter(is_phone, phones), "")

    @property
    def asked_material(self) -> Material:
        """The material that is asked about now."""
        return self.due[self.on]

    @property
    def due(self) -> tuple[Material, ...]:
        """What is handed in with the application, besides the form that is filled in here."""
        guide = self.chosen_guide
        return tuple(one for one in guide.materials if one.stage is MaterialStage.APPLICATION and (not one.form or one.form != guide.form))

    @property
    def given(self) -> Receipt:
        """The office's receipt; only called after it came."""
        assert self.receipt is not None  # noqa: S101 - for the type checker
        return self.receipt

    def licence_for(self, material: Material) -> Licence | None:
        """The person's valid electronic licence that replaces it."""
        return next((one for one in self.licences if one.valid and one.kind == material.licence), None) if material.licence else None
