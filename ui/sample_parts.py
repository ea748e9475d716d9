"""What the made-up screens are put together from: texts, options, stages."""

from typing import Final

from kiosk.screens import Option, Row, StageRow, Tone
from kiosk.texts import Words

LONG_TITLE: Final = {
    "zh-CN": "请核对并确认建设工程规划许可变更申请的全部材料清单",
    "en": "Please check the papers for the change of the planning permit",
}
LONG_HINT: Final = {
    "zh-CN": "编号印在受理回执右上角二维码下面一行，共二十位数字和字母，不含横线",
    "en": "It stands in the line below the code at the upper right of your receipt, without dashes",
}
LONG_NAME: Final = {
    "zh-CN": "内蒙古自治区包头市青山区人力资源和社会保障局",
    "en": "Bureau of Human Resources and Social Security of Qingshan",
}
LONG_BUTTON: Final = {"zh-CN": "我已核对全部材料，下一步", "en": "All papers are complete, go on"}
HALL: Final = {"zh-CN": "青山区政务服务大厅", "en": "Qingshan Service Hall"}
LONG_ZH: Final = "申请人应当自收到补正通知之日起十个工作日内，携带原件到综合窗口补交；逾期未补交的，视为撤回申请，不影响再次提出。"
LONG_EN: Final = (
    "The applicant hands in the missing originals at the general counter within ten working days after the notice; "
    "afterwards the application counts as withdrawn and can be made again at any time."
)
LONG: Final = {"zh-CN": LONG_ZH, "en": LONG_EN}

PLACE: Final = {"zh-CN": "二楼 B 区 12 号窗口", "en": "Counter 12, area B, 2nd floor"}
HUMAN: Final = {"zh-CN": "一楼导办台，或拨打 0472-12345", "en": "Front desk on the ground floor, or call 0472-12345"}
WHY: Final = {"zh-CN": "凭条打印机暂不可用：纸已用完（21:40 起）", "en": "Slip printer not available: out of paper (since 21:40)"}


def w(zh: str, en: str) -> Words:
    """The same in both languages."""
    return {"zh-CN": zh, "en": en}


QUICK: Final = (
    Option(
        value="service:ticket", title=w("取号", "Take a ticket"), about=w("领取窗口排队号", "Queue number for a counter"), icon="ticket"
    ),
    Option(value="service:book", title=w("预约", "Book a time"), about=w("选好日期再来办", "Choose a day and come then"), icon="book"),
    Option(
        value="service:pay",
        title=w("缴费", "Pay"),
        about=w("水、电、暖、社保", "Water, power, heating"),
        icon="pay",
        enabled=False,
        why=w("22:00 至 6:00 系统结算，请明早再来", "Closed for accounting from 22:00 to 6:00"),
    ),
    Option(
        value="service:look_up",
        title=w("查进度", "Look up a case"),
        about=w("办到哪一步了", "How far it is"),
        icon="look_up",
        note=w("扫码即查", "Just scan"),
    ),
)

UNREADY: Final = w("凭条打印机暂不可用：打印机盖未关好（10:05 起）", "The receipt printer cannot be used: its cover is open (since 10:05)")

SEARCH: Final = Option(
    value="service:guides",
    title=w("找事项、查指南", "Find a service or a guide"),
    about=w("输入名称、拼音或首字母", "By words, pinyin or initials"),
    icon="search",
)

ACTING: Final = w("测** 代 王* 办理", "C** acting for W*")

ENTRANCES: Final = (
    Option(value="entrance:look", title=w("我要看", "Read"), about=w("办事指南、通知公告", "Guides and notices"), icon="entrance-look"),
    Option(
        value="entrance:query", title=w("我要查", "Look up"), about=w("办件进度、办理结果", "Progress and results"), icon="entrance-query"
    ),
    Option(
        value="entrance:act",
        title=w("我要办", "Apply"),
        about=w("取号、预约、预审、打印", "Tickets, booking, printing"),
        icon="entrance-act",
    ),
    Option(
        value="entrance:ask",
        title=w("我要问", "Ask"),
        about=w("咨询、12345 工单", "Questions and 12345"),
        icon="entrance-ask",
        enabled=False,
        why=w("政务服务平台没有应答（21:05 起），可拨打 12345", "The office does not answer (since 21:05); call 12345"),
    ),
    Option(value="entrance:rate", title=w("我要评", "Rate"), about=w("评价、投诉", "Praise and complaints"), icon="entrance-rate"),
)

_ITEMS: Final = (
    ("不动产转移登记", "Transfer of real estate", "A"),
    ("社会保险与医保", "Social and health insurance", "B"),
    ("住房公积金", "Housing fund", "C"),
    ("企业设立登记", "Founding a company", "D"),
    ("户籍与身份证", "Household and identity card", "E"),
    ("建筑工程施工许可", "Building permit", "F"),
    ("食品经营许可", "Food business licence", "G"),
    ("残疾人两项补贴资格认定", "Allowances for disabled people", "H"),
)

QUEUES: Final = tuple(
    Option(
        value=code,
        title=w(zh, en),
        about=w("新办、变更、注销都在这里", "New, changed or ended"),
        icon="ticket",
        note=w(f"前面 {3 * at} 人 · 约 {5 * at}～{8 * at} 分钟", f"Ahead: {3 * at} people · Wait: about {5 * at} to {8 * at} minutes"),
        enabled=code != "D",
        why=w("今天的号已经取完，明天 9:00 再来", "No more tickets today; come back tomorrow at 9:00") if code == "D" else "",
    )
    for at, (zh, en, code) in enumerate(_ITEMS)
)

LONG_OPTIONS: Final = tuple(
    Option(
        value=f"L{at}",
        title=w(f"{zh}（含共有情况变更与补发证明）", f"{en} including joint ownership"),
        about=LONG_HINT,
        icon="case",
        note=w("已超过承诺期限", "Later than promised"),
        tone=Tone.WARN,
    )
    for at, (zh, en, _) in enumerate(_ITEMS)
)

LONG_DEEDS: Final = tuple(
    Option(value=f"D{at}", title=LONG_BUTTON, icon="case", enabled=at != 3, why=WHY if at == 3 else "")  # noqa: PLR2004 - any one
    for at in range(6)
)

STAGES: Final = (
    StageRow(
        step=1,
        name=w("受理", "Accepted"),
        state="done",
        state_label=w("已完成", "Done"),
        detail=w("综合窗口 · 11月3日完成", "General counter · 3 Nov"),
    ),
    StageRow(
        step=2,
        name=w("材料审查", "Check of papers"),
        state="done",
        state_label=w("已完成", "Done"),
        detail=w("行政审批局 · 11月6日完成", "Approval bureau · 6 Nov"),
    ),
    StageRow(
        step=3,
        lane=w("消防", "Fire"),
        name=w("联合审查", "Joint review"),
        state="inProgress",
        state_label=w("进行中", "Under way"),
        detail=w("消防救援大队 · 11月9日开始", "Fire service · since 9 Nov"),
    ),
    StageRow(
        step=3,
        lane=w("人防", "Shelter"),
        name=w("联合审查", "Joint review"),
        state="rejected",
        state_label=w("未通过", "Rejected"),
        detail=w("住建局", "Housing bureau"),
    ),
    StageRow(step=4, name=w("决定", "Decision"), state="waiting", state_label=w("未开始", "Not begun"), detail=""),
    StageRow(step=5, name=w("发证", "Permit"), state="waiting", state_label=w("未开始", "Not begun"), detail=""),
)

DEADLINE: Final = (
    Row(label=w("承诺期限", "Promised"), value=w("8 个工作日，至 2026-11-13", "8 working days, until 2026-11-13")),
    Row(label=w("法定期限", "By law"), value=w("20 个工作日，至 2026-12-01", "20 working days, until 2026-12-01")),
    Row(label=w("已用时间", "Used"), value=w("5 个工作日", "5 working days")),
    Row(label=w("承诺期限还剩", "Left"), value=w("3 个工作日", "3 working days"), tone=Tone.WAIT),
)
