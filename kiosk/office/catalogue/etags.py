"""Entity tags: what a terminal has already need not be sent again."""

import re

_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def entity_tag(*parts: str) -> str:
    """A strong tag made of parts without quotes."""
    return '"' + "/".join(parts) + '"'


def has_already(if_none_match: str | None, tag: str) -> bool:
    """Whether the If-None-Match header names the tag, weakly or not, or says that anything will do."""
    if not if_none_match:
        return False
    return if_none_match.strip() == "*" or tag.strip('"') in _TAG.findall(if_none_match)
