"""What the holder of a case may ask for, with the limits under which the office accepts it."""

from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages import SetDelivery, UrgeCase
from kiosk.backend.messages.documents import PrintResult
from kiosk.office.applications.contract import DeliveryBody
from kiosk.office.contract import STRICT, Nonce, PersonBody, Token
from kiosk.office.licences.contract import Purpose


@dataclass(frozen=True, kw_only=True, config=STRICT)
class UrgeCaseBody(UrgeCase):
    """Body of urgeCase."""

    nonce: Nonce
    token: Token = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SetDeliveryBody(SetDelivery):
    """Body of setDelivery."""

    token: Token = Field(repr=False)
    person: PersonBody
    delivery: DeliveryBody


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PrintResultBody(PrintResult):
    """Body of printResult."""

    nonce: Nonce
    token: Token = Field(repr=False)
    person: PersonBody
    purpose: Purpose = ""
