"""The request to rate with the limits under which the office accepts it."""

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages.ratings import Rate, Served
from kiosk.office.contract import STRICT, Code, Nonce

Subject = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="Ticket's id, token of the others, nonce of the visit")]
Level = Annotated[int, Field(ge=1, le=5, strict=True, description="5 is the best")]
Version = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True, description="Of the rating form; 0 where the terminal had none")]
Reasons = Annotated[tuple[Code, ...], Field(max_length=20)]
Remark = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class RateBody(Rate):
    """Body of rate."""

    nonce: Nonce
    served: Served
    service: Code
    subject: Subject = Field(repr=False)
    level: Level
    version: Version
    reasons: Reasons = ()
    remark: Remark = Field(default="", repr=False)
