"""The requests about pre-reviews with the limits under which the office accepts them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages.reviews import MaterialAnswer, ReviewByToken, SubmitReview
from kiosk.office.contract import STRICT, Code, Nonce, PersonBody, Token

Version = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
Answers = Annotated[Mapping[Code, MaterialAnswer], Field(max_length=200)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SubmitReviewBody(SubmitReview):
    """Body of submitReview."""

    nonce: Nonce
    item: Code
    item_version: Version
    person: PersonBody
    agent: PersonBody | None = None
    answers: Answers


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ReviewByTokenBody(ReviewByToken):
    """Body of reviewByToken."""

    token: Token = Field(repr=False)
