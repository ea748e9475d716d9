"""An accepted application becomes a case: with the stages of its guide, a deadline, and a number that is never given twice."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from kiosk.backend.messages import CaseState, StageState, Words
from kiosk.backend.messages.applications import Submit
from kiosk.backend.messages.catalogue import Guide, Process
from kiosk.backend.messages.reviews import Promise
from kiosk.office.access import Terminal
from kiosk.office.applications.filled import plain_delivery
from kiosk.office.cases import case_token
from kiosk.office.catalogue import head
from kiosk.office.office import Office
from kiosk.office.tables import applications, case_stages, cases, halls
from kiosk.office.tokens import fingerprint, phone_proof

_TAIL = 4  # digits of a phone that open a case together with its number
_WAITING: Words = {"zh-CN": "等待审查，无需您做任何事。", "en": "Waiting for review. You do not need to do anything."}
_ONLINE: Words = {"zh-CN": "自助机受理", "en": "Accepted at a self-service machine"}
_HANDLING: Words = {"zh-CN": "办理", "en": "Handling"}


def next_number(connection: Connection, today: date) -> tuple[str, int]:
    """The case number and its place in the day; the caller holds the lock of the day's applications."""
    last = connection.execute(select(func.max(applications.c.seq)).where(applications.c.day == today)).scalar_one() or 0
    return f"{today:%Y%m%d}{last + 1:04d}", last + 1


def open_case(
    connection: Connection, office: Office, terminal: Terminal, request: Submit, guide: Guide, number: str, promised: Sequence[Promise]
) -> None:
    """Put the case and its stages in."""
    place = next((one for one in guide.places if one.hall == terminal.hall), guide.places[0] if guide.places else None)
    row = {
        "number": number,
        "token_hash": fingerprint(case_token(office, number)),
        "phone_proof": phone_proof(office.secret, number, request.phone[-_TAIL:]),
        "item": dict(guide.name),
        "state": CaseState.ACCEPTED,
        "applicant": request.person.name,
        "applicant_number": request.person.number,
        "accepted": office.today(),
        "statutory_days": guide.statutory_days,
        "promised_days": guide.promised_days,
        "office": dict(_department(connection, terminal, guide)),
        "window": dict(place.window if place else _ONLINE),
        "phone": connection.execute(select(halls.c.phone).where(halls.c.code == terminal.hall)).scalar_one(),
        "missing": [dict(one.name) for one in promised],
        "next_step": dict(next_step([one.due for one in promised])),
        "item_code": guide.code,
        "agent": request.agent.name if request.agent else None,
        "agent_number": request.agent.number if request.agent else None,
        "delivery": plain_delivery(request.delivery),
    }
    connection.execute(cases.insert().values(**row))
    connection.execute(case_stages.insert(), list(_stages(number, guide, row["office"], office.today())))


def _department(connection: Connection, terminal: Terminal, guide: Guide) -> Words:
    known = head(connection, terminal.hall)
    names = {one.code: one.name for one in known.departments} if known else {}
    return names.get(guide.department) or guide.name


def _stages(number: str, guide: Guide, office: Words, today: date) -> Iterator[dict[str, Any]]:
    """The first is begun, the others wait."""
    steps = guide.process or (Process(name=_HANDLING, office=office, days=guide.promised_days),)
    for position, step in enumerate(steps):
        yield {
            "case": number,
            "position": position,
            "step": position + 1,
            "lane": None,
            "name": dict(step.name),
            "state": StageState.WAITING if position else StageState.ACTIVE,
            "office": dict(step.office),
            "since": None if position else today,
            "until": None,
            "suspends_clock": step.special and step.suspends,
        }


def next_step(promised: Sequence[date]) -> Words:
    """What the applicant is to do, who has promised materials by these days."""
    if not promised:
        return _WAITING
    due = min(promised)
    return {
        "zh-CN": f"请在{due.month}月{due.day}日前到受理窗口补交您承诺后补的材料。",
        "en": f"Please hand in the documents you promised at the counter by {due.day} {due:%B %Y}.",
    }
