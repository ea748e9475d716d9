"""Personal values as they may be seen over a shoulder."""

_SHORTEST_SHOWN = 12  # a number this long hides more than it shows


def mask_name(name: str) -> str:
    """Only the family name's first character, and not how long the rest is: 王*."""
    return f"{name[:1]}*"


def mask_number(number: str) -> str:
    """First three and last four characters of an identity number; shorter ones show nothing but their last two."""
    if len(number) < _SHORTEST_SHOWN:
        return "*" * max(len(number) - 2, 0) + number[-2:]
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
