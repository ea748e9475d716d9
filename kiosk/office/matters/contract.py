"""The requests about matters with the limits under which the office accepts them."""

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages.matters import FileMatter, MatterByNumber, MatterByToken, MatterKind, MattersOfPerson
from kiosk.office.contract import STRICT, CaseNumber, Language, Nonce, PersonBody, Token

About = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,64}$", description="Code of the guide or kind; empty: a question about no item")]
Said = Annotated[
    str,
    Field(
        min_length=1,
        max_length=1000,
        pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x08\x0b-\x1f\x7f]*$",
        description="Words, with tabs and line feeds as their only control characters",
    ),
]
Phone = Annotated[str, Field(pattern=r"^(\+?[0-9][0-9-]{5,19})?$", description="Empty where the answer is to be fetched at a terminal")]
CaseToken = Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]{22})?$", description="Token of the case it is about, or empty")]
MatterCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class FileMatterBody(FileMatter):
    """Body of fileMatter."""

    nonce: Nonce
    kind: MatterKind
    about: About
    text: Said = Field(repr=False)
    person: PersonBody | None = None
    agent: PersonBody | None = None
    phone: Phone = Field(default="", repr=False)
    case: CaseToken = Field(default="", repr=False)
    language: Language


@dataclass(frozen=True, kw_only=True, config=STRICT)
class MatterByNumberBody(MatterByNumber):
    """Body of matterByNumber."""

    number: CaseNumber = Field(repr=False)
    code: MatterCode = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class MatterByTokenBody(MatterByToken):
    """Body of matterByToken."""

    token: Token = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class MattersOfPersonBody(MattersOfPerson):
    """Body of mattersOfPerson."""

    person: PersonBody
