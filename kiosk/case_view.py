"""A case as a citizen reads it: pure, from the office's Case to what the screen shows."""

from kiosk.backend.messages import Case, CaseState, CaseSummary, Deadline, Stage, Suspension
from kiosk.masks import mask_name, mask_number
from kiosk.screens import CaseShown, Option, Row, StageRow, Tone
from kiosk.texts import Label, text

_TONES = {
    CaseState.SUSPENDED: Tone.WAIT,
    CaseState.OVERDUE: Tone.WARN,
    CaseState.NEEDS_MATERIAL: Tone.WARN,
    CaseState.APPROVED: Tone.DONE,
    CaseState.REJECTED: Tone.ERROR,
}


def tone(state: CaseState) -> Tone:
    """Mood of a case's state."""
    return _TONES.get(state, Tone.PLAIN)


def summary_option(case: CaseSummary) -> Option:
    """A case as a card of a list."""
    return Option(
        value=case.token,
        title=case.item,
        about=text("case-summary", number=case.number, accepted=f"{case.accepted:%Y-%m-%d}"),
        icon="case",
        note=text(f"case-state-{case.state}"),
        tone=tone(case.state),
    )


def case_screen(case: Case, *, revealed: bool, print_trouble: Label | None, more: tuple[Option, ...] = ()) -> CaseShown:
    """The whole case; name and number are masked unless `revealed`. `more` is what its holder can do."""
    return CaseShown(
        title=case.item,
        state=text(f"case-state-{case.state}"),
        tone=tone(case.state),
        rows=(
            Row(label=text("case-number"), value=case.number),
            _personal("case-applicant", case.applicant, mask_name(case.applicant), revealed=revealed),
            _personal("case-applicant-number", case.applicant_number, mask_number(case.applicant_number), revealed=revealed),
            *((Row(label=text("case-agent"), value=mask_name(case.agent)),) if case.agent else ()),
            Row(label=text("case-accepted"), value=f"{case.accepted:%Y-%m-%d}"),
            *((Row(label=text("case-comes"), value=text(f"delivery-{case.delivery.kind}")),) if case.delivery else ()),
            *((Row(label=text("case-waybill"), value=case.waybill),) if case.waybill else ()),
            Row(label=text("case-office"), value=text("case-office-window", office=case.office, window=case.window)),
            Row(label=text("case-phone"), value=case.phone),
        ),
        deadline=_deadline(case.deadline, case.state),
        stages=tuple(map(_stage, case.stages)),
        missing=case.missing,
        next_step=case.next_step,
        revealed=revealed,
        can_print=print_trouble is None,
        print_why=print_trouble or "",
        more=more,
    )


def _personal(key: str, value: str, masked: str, *, revealed: bool) -> Row:
    """While masked, the plain value does not even reach the screen."""
    return Row(label=text(key), value=value if revealed else masked, masked=masked)


def _deadline(deadline: Deadline, state: CaseState) -> tuple[Row, ...]:
    running = state not in {CaseState.APPROVED, CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.OTHER}
    rows = [
        Row(label=text("case-promised"), value=_days(deadline.promised_days, f"{deadline.promised_date:%Y-%m-%d}")),
        Row(label=text("case-statutory"), value=_days(deadline.statutory_days, f"{deadline.statutory_date:%Y-%m-%d}")),
        Row(label=text("case-used"), value=text("working-days", n=deadline.used_days)),
    ]
    if running and deadline.left_days >= 0:
        rows.append(Row(label=text("case-left"), value=text("working-days", n=deadline.left_days)))
    elif running:
        rows.append(Row(label=text("case-late"), value=text("working-days", n=-deadline.left_days), tone=Tone.WARN))
    return (*rows, *map(_suspension, deadline.suspensions))


def _days(days: int, until: str) -> Label:
    return text("case-days-until", days=text("working-days", n=days), until=until)


def _suspension(suspension: Suspension) -> Row:
    since = f"{suspension.since:%Y-%m-%d}"
    if suspension.until is None:
        span = text("case-stopped-since", since=since)
    else:
        span = text("case-stopped", since=since, until=f"{suspension.until:%Y-%m-%d}")
    value = text("case-stopped-why", span=span, why=suspension.reason)
    return Row(label=text("case-clock-stopped"), value=value, tone=Tone.WAIT)


def _stage(stage: Stage) -> StageRow:
    when: Label = ""
    if stage.until is not None:
        when = text("stage-until", date=f"{stage.until:%Y-%m-%d}")
    elif stage.since is not None:
        when = text("stage-since", date=f"{stage.since:%Y-%m-%d}")
    return StageRow(
        step=stage.step,
        lane=stage.lane or "",
        name=stage.name,
        state=stage.state,
        state_label=text(f"stage-{stage.state}"),
        detail=text("stage-detail", office=stage.office, when=when) if when else stage.office,
    )
