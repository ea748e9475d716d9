"""Requests about pictures, with the limits under which the office accepts them."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages.applications import OpenHandOver
from kiosk.office.contract import STRICT, Language, Nonce

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
InPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{16,64}$", description="At least 96 random bits, made when the button was touched")]
Known = Annotated[int, Query(ge=0, le=99, description="How many pictures the terminal knows of")]
What = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$", description="In the citizen's language")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class OpenHandOverBody(OpenHandOver):
    """Body of openHandOver."""

    nonce: Nonce
    what: What
    language: Language
