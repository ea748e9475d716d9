"""Rows of what was decided of the made-up cases."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

Row = dict[str, Any]
_GRANTED, _REFUSED = "approved", "rejected"


def result_rows(case: Row, results: Mapping[str, Any], item: str) -> Iterator[Row]:
    """The result of the case in this row, where it has one: what its item grants, or a refusal."""
    if case["state"] in {_GRANTED, _REFUSED}:
        result = results[item if case["state"] == _GRANTED else _REFUSED]
        yield {
            "case": case["number"],
            "title": result["title"],
            "number": f"{result['prefix']}{case['closed']:%Y}{case['number'][-6:]}",
            "issuer": case["office"],
            "issued": case["closed"],
            "expires": _after(case["closed"], result["years"]),
            "facts": [*_applicant(case), *result["facts"]],
            "text": result["text"],
        }


def _applicant(case: Row) -> list[Row]:
    return [
        {"label": {"zh-CN": "申请人", "en": "Applicant"}, "value": case["applicant"]},
        {"label": {"zh-CN": "证件号码", "en": "Identity number"}, "value": case["applicant_number"]},
        {"label": {"zh-CN": "办件编号", "en": "Case"}, "value": case["number"]},
    ]


def _after(day: date, years: int) -> date | None:
    """The last day of a term; one that begins on 29 February ends on the 28th."""
    if not years:
        return None
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)
