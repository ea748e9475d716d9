"""The requests about licences with the limits under which the office accepts them."""

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages.documents import PrintLicence
from kiosk.backend.messages.reviews import LicencesOfPerson
from kiosk.office.contract import STRICT, Nonce, PersonBody, Token

Purpose = Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$", description="Watermark in the citizen's language, or empty")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class LicencesOfPersonBody(LicencesOfPerson):
    """Body of licencesOfPerson."""

    person: PersonBody


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PrintLicenceBody(PrintLicence):
    """Body of printLicence."""

    nonce: Nonce
    token: Token = Field(repr=False)
    purpose: Purpose
