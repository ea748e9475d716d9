"""The application with the limits under which the office accepts it. What its fields must be, the form says."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.answers import LONGEST as LONGEST_ANSWER
from kiosk.backend.messages.applications import GivenMaterial, Submit
from kiosk.backend.messages.cases import Delivery, DeliveryKind
from kiosk.backend.messages.reviews import MaterialAnswer
from kiosk.office.applications.signature import LONGEST
from kiosk.office.contract import STRICT, Code, Language, Nonce, PersonBody
from kiosk.office.uploads.hand_overs import MOST_PICTURES

Version = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
Phone = Annotated[str, Field(pattern=r"^(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})$", description="Mobile, or with area code")]
Answer = Annotated[str, Field(max_length=LONGEST_ANSWER)]
UploadId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
LicenceToken = Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]{22})?$")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class GivenMaterialBody(GivenMaterial):
    """A material in an application."""

    answer: MaterialAnswer
    uploads: Annotated[tuple[UploadId, ...], Field(max_length=MOST_PICTURES)] = ()
    licence: LicenceToken = Field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DeliveryBody(Delivery):
    """How a result is to come."""

    kind: Literal[DeliveryKind.COUNTER, DeliveryKind.POST, DeliveryKind.ELECTRONIC]
    receiver: Line = Field(default="", repr=False)
    phone: Line = Field(default="", repr=False)
    address: Line = Field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SubmitBody(Submit):
    """Body of submit."""

    nonce: Nonce
    item: Code
    item_version: Version
    form: Code
    form_version: Version
    person: PersonBody
    agent: PersonBody | None = None
    phone: Phone = Field(repr=False)
    answers: Annotated[Mapping[Code, Answer], Field(max_length=200)] = Field(repr=False)
    materials: Annotated[Mapping[Code, GivenMaterialBody], Field(max_length=100)]
    delivery: DeliveryBody
    signature: Annotated[str, Field(max_length=LONGEST)] = Field(default="", repr=False)
    language: Language
