"""Screens with made-up content for the preview and the tests: usual, long and extreme."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from kiosk.screens import (
    Attract,
    Busy,
    CaseShown,
    Choose,
    Enter,
    Frame,
    Home,
    Message,
    Option,
    Pad,
    Present,
    Question,
    Row,
    Screen,
    Spot,
    StageRow,
    TicketShown,
    Tone,
)
from kiosk.texts import SOURCE_LANGUAGE, Sentences, load, text
from ui.sample_entry import ENTRY, MORE
from ui.sample_parts import (
    ACTING,
    DEADLINE,
    ENTRANCES,
    HALL,
    HUMAN,
    LONG,
    LONG_DEEDS,
    LONG_HINT,
    LONG_OPTIONS,
    LONG_TITLE,
    PLACE,
    QUEUES,
    QUICK,
    SEARCH,
    STAGES,
    UNREADY,
    WHY,
    w,
)
from ui.sample_reading import READING


def case(
    *, stages: tuple[StageRow, ...] = STAGES, revealed: bool = False, can_print: bool = True, more: tuple[Option, ...] = ()
) -> CaseShown:
    """A case of a made-up applicant."""
    return CaseShown(
        title=w("建筑工程施工许可", "Building permit"),
        state=w("待补材料", "Papers missing"),
        tone=Tone.WARN,
        rows=(
            Row(label=w("办件编号", "Case number"), value="150204-20261103-0007"),
            Row(label=w("申请人", "Applicant"), value="王测试" if revealed else "王**", masked="王**"),
            Row(
                label=w("证件号码", "ID number"),
                value="999999199001011010" if revealed else "999***********1010",
                masked="999***********1010",
            ),
            Row(label=w("受理日期", "Accepted"), value="2026-11-03"),
            Row(label=w("办理部门", "Office"), value=w("行政审批局 12 号窗口", "Approval bureau, counter 12")),
        ),
        deadline=DEADLINE,
        stages=stages,
        missing=(w("施工图审查合格书（原件）", "Certificate of the drawings (original)"),),
        next_step=w("请在 11 月 20 日前补交上面所缺的材料", "Hand in what is missing by 20 November"),
        revealed=revealed,
        can_print=can_print,
        print_why="" if can_print else WHY,
        more=more,
    )


def _ticket(*, printed: bool) -> TicketShown:
    return TicketShown(
        title=text("ticket-done" if printed else "ticket-not-printed"),
        number="A0057",
        service=w("不动产转移登记", "Transfer of real estate"),
        where=w("请到二楼 B 区等候", "Please wait in area B, 2nd floor"),
        ahead=w("5 人", "5 people"),
        wait=w("约 10～25 分钟", "10 to 25 minutes"),
        paper=text("ticket-paper-below") if printed else text("ticket-remember", why=WHY),
        tone=Tone.DONE if printed else Tone.WARN,
        follow="https://lcwh.example.gov.cn/q/7f3a9c2e51d84b60",
        spot=Spot.RECEIPT_PRINTER if printed else None,
        reprint=None if printed else text("ticket-reprint"),
    )


SCREENS: Final[Mapping[str, Screen]] = {
    "attract": Attract(
        hall=HALL,
        can_do=tuple(option.title for option in QUICK),
        notices=(w("12 月 1 日起，夜间自助区延长到 24 小时开放。", "From 1 December the self-service zone is open 24 hours."), LONG),
    ),
    "attract-bare": Attract(hall=HALL, can_do=(), notices=()),
    "home": Home(
        hall=HALL,
        quick=QUICK,
        entrances=ENTRANCES,
        search=SEARCH,
        notice=w("今天 17:00 后只办理取号和查询", "After 17:00 only tickets and look-ups"),
    ),
    "home-unready": Home(hall=HALL, quick=tuple(replace(option, note=UNREADY) for option in QUICK), entrances=ENTRANCES, search=SEARCH),
    "home-few": Home(hall=HALL, quick=(QUICK[0], QUICK[3]), entrances=ENTRANCES[1:3]),
    "choose": Choose(
        title=w("您要办理哪项业务？", "What is it about?"), hint=w("请点选一项，领取排队号", "Choose one to get a number"), options=QUEUES
    ),
    "choose-few": Choose(title=w("您想怎样查询？", "How would you like to look it up?"), options=QUEUES[:3]),
    "choose-long": Choose(title=LONG_TITLE, hint=LONG_HINT, options=LONG_OPTIONS),
    "question": Question(
        title=text("consent-card"),
        points=(text("consent-card-what"), text("consent-card-why"), text("consent-card-kept")),
        yes=text("consent-yes"),
        no=text("consent-no"),
        icon="card",
    ),
    "question-long": Question(title=LONG_TITLE, points=(LONG,) * 5, yes=text("consent-yes"), no=text("consent-no"), icon="people"),
    "enter-digits": Enter(
        title=w("请输入手机号码的后四位", "Last four digits of your phone number"),
        hint=w("办理时登记的手机号码", "The number given with the application"),
        pad=Pad.DIGITS,
        least=4,
        most=4,
        secret=True,
        value="12",
    ),
    "enter-number": Enter(
        title=w("请输入办件编号", "Enter the case number"),
        hint=w("编号印在受理回执上", "It is on your receipt"),
        pad=Pad.CASE_NUMBER,
        least=6,
        most=20,
        groups=(6, 8, 4),
        value="150204202611030007",
        error=w("编号与手机号后四位对不上，请核对。还可以再试 2 次", "Number and phone do not match. Please check; 2 more tries."),
    ),
    "enter-long": Enter(title=LONG_TITLE, hint=LONG_HINT, pad=Pad.CASE_NUMBER, least=6, most=20, value="W" * 20, error=LONG_HINT),
    "present-card": Present(
        title=text("card-present"), hint=text("card-present-hint"), spot=Spot.ID_READER, other=text("button-other-way")
    ),
    "present-reading": Present(
        title=text("card-reading"), hint=text("card-keep"), spot=Spot.ID_READER, busy=True, other=text("button-other-way")
    ),
    "present-code": Present(
        title=text("code-present"),
        hint=text("code-present-hint"),
        spot=Spot.SCANNER,
        error=text("code-not-ours"),
        other=text("button-other-way"),
    ),
    "present-long": Present(title=LONG_TITLE, hint=LONG_HINT, spot=Spot.SCANNER, error=LONG_HINT, other=text("button-other-way")),
    "busy": Busy(title=w("正在取号，请稍候", "Taking your ticket"), detail=w("不要离开，马上就好", "Please stay, it is almost done")),
    "busy-number": Busy(title=w("正在打印您的排队号", "Printing your number"), number="A0057"),
    "busy-long": Busy(title=LONG_TITLE, detail=LONG_HINT, number="LC-2026-1103-000571"),
    "message-plain": Message(
        title=w("请到人工窗口办理", "Please go to a counter"), points=(PLACE,), human=HUMAN, primary=text("button-home")
    ),
    "message-done": Message(
        title=text("slip-done"), points=(text("slip-take"), text("slip-use")), tone=Tone.DONE, primary=text("button-home")
    ),
    "message-unknown": Message(
        title=text("ticket-unknown"),
        points=(w("请不要再取一次。窗口按下面的号码可以查到。", "Please do not take another one. A counter finds it by this number."),),
        tone=Tone.WAIT,
        number="LC-2026-1103-0057",
        human=HUMAN,
        primary=text("button-again"),
        second=text("button-home"),
    ),
    "message-error": Message(
        title=text("look-up-away"),
        points=(WHY, text("too-often-why")),
        tone=Tone.ERROR,
        human=HUMAN,
        primary=text("button-again"),
        second=text("button-home"),
    ),
    "message-long": Message(
        title=LONG_TITLE,
        points=(LONG,) * 6,
        tone=Tone.WARN,
        number="LC-2026-1103-000571",
        human=LONG,
        primary=text("button-again"),
        second=text("button-home"),
    ),
    "ticket": _ticket(printed=True),
    "ticket-not-printed": _ticket(printed=False),
    "case": case(),
    "case-open": case(revealed=True, can_print=False),
    "case-more": case(more=MORE),
    "case-long": case(
        stages=tuple(
            StageRow(step=at, name=LONG_TITLE, state="waiting", state_label=w("未开始", "Not begun"), detail=LONG) for at in range(1, 9)
        ),
        more=LONG_DEEDS[:4],
    ),
    "present-page": Present(
        title=w("请取走打印好的 A4 纸", "Please take your page"), hint=w("纸从下面出来", "It comes out below"), spot=Spot.A4_PRINTER
    ),
    "present-camera": Present(
        title=w("请把材料放在拍摄台上", "Lay the page under the camera"), hint=text("card-keep"), spot=Spot.DOCUMENT_CAMERA
    ),
    **ENTRY,
    **READING,
}


_HELPED: Final = ("check-answers", "page-long", "sign", "home-few", "enter-text")


def frame(name: str, *, language: str = SOURCE_LANGUAGE, care: bool = False, countdown: int = 0) -> Frame:
    """The frame that the sample `name` has in a session."""
    lobby = name.startswith(("attract", "home"))
    busy = name.startswith("busy")
    inside = not lobby and not name.startswith(("ticket", "case", "message"))
    return Frame(
        hall=HALL,
        back=inside and not busy,
        end=not name.startswith("attract") and not busy,
        step=(2, 4) if inside else None,
        countdown=countdown,
        care=care,
        language=language,
        acting=ACTING if name in _HELPED else "",
    )


def sentences() -> Sentences:
    """The sentences of the product."""
    return load(Path(__file__).parent.parent / "assets" / "i18n")
