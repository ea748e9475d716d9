"""Made-up screens to read, search and find one's way."""

from collections.abc import Mapping
from typing import Final

from kiosk.screens import Option, Row, Screen, Tone
from kiosk.screens.reading import Badge, Grid, Group, HallMap, MapArea, Page, Search, Section, ShowCode
from ui.sample_parts import LONG, LONG_BUTTON, LONG_DEEDS, LONG_HINT, LONG_NAME, LONG_OPTIONS, LONG_TITLE, PLACE, QUEUES, WHY, w

CODE: Final = "https://lcwh.example.gov.cn/g/7f3a9c2e51d84b60"

_DEEDS: Final = (
    Option(value="ticket", title=w("取号办理", "Take a ticket"), icon="ticket"),
    Option(value="book", title=w("预约", "Book a time"), icon="book"),
    Option(value="print", title=w("打印指南", "Print the guide"), icon="print", enabled=False, why=w("A4 打印机缺纸", "No paper for A4")),
    Option(value="forms", title=w("空白表格", "Blank forms"), icon="form"),
    Option(value="phone", title=w("带到手机", "To my phone"), icon="phone"),
    Option(value="ask", title=w("我要问", "Ask about it"), icon="ask"),
)

_GUIDE: Final = (
    Section(
        heading=w("一看就懂", "In short"),
        rows=(
            Row(label=w("办理窗口", "Where"), value=PLACE),
            Row(label=w("办理时间", "Hours"), value=w("工作日 9:00—17:00，午间不断档", "Working days 9:00 to 17:00, noon too")),
            Row(label=w("多久办好", "How long"), value=w("承诺 3 个工作日（法定 20 个工作日）", "3 working days promised (20 by law)")),
            Row(label=w("收费", "Fee"), value=w("不收费", "None")),
        ),
    ),
    Section(
        heading=w("要带的材料", "What to bring"),
        numbered=True,
        lines=(
            w("身份证原件", "Your identity card"),
            w("户口簿原件和复印件 1 份", "Household register with one copy"),
            w("近期免冠照片 2 张（可以在本机旁边的照相机拍）", "Two recent photos (the booth beside this machine takes them)"),
        ),
    ),
    Section(
        heading=w("请注意", "Please note"),
        tone=Tone.WARN,
        lines=(w("代办还要带委托书和您本人的身份证", "A helper also brings a letter of authority and their own card"),),
    ),
    Section(
        heading=w("办理流程", "How it goes"),
        numbered=True,
        lines=(
            w("窗口受理并当场核对材料", "The counter accepts and checks the papers"),
            w("审核，1 个工作日", "Review, one working day"),
            w("决定并制证，2 个工作日", "Decision and licence, two working days"),
        ),
    ),
)

_BOOKING: Final = (
    Section(
        heading="",
        rows=(
            Row(label=w("日期", "Day"), value=w("11 月 9 日（周一）", "Monday 9 November")),
            Row(label=w("时间", "Time"), value="09:30–10:00", tone=Tone.DONE),
            Row(label=w("地点", "Place"), value=PLACE),
            Row(label=w("预约人", "Name"), value=w("测试·甲一", "Ceshi Jiayi"), masked=w("测**", "C**")),
            Row(label=w("证件号码", "ID number"), value="999999199001011010", masked="999***********1010"),
        ),
    ),
    Section(heading=w("到时请做", "When you come"), numbered=True, lines=(w("提前到自助终端签到", "Check in at a terminal"), LONG)),
)

_LONG_SECTIONS: Final = tuple(
    Section(
        heading=LONG_TITLE,
        rows=(Row(label=LONG_HINT, value={tag: words * 3 for tag, words in LONG.items()}, tone=Tone.WARN),),
        lines=(LONG, {tag: words * 8 for tag, words in LONG.items()}),
        numbered=bool(at % 2),
    )
    for at in range(3)
)

_CHIPS: Final = (
    Option(value="", title=w("全部", "All"), tone=Tone.DONE),
    Option(value="personal", title=w("个人", "People")),
    Option(value="business", title=w("企业", "Companies")),
    Option(value="once", title=w("一次办", "One visit"), note="128"),
    Option(value="online", title=w("网上办", "Online"), enabled=False, why=WHY),
)

_MATTERS: Final = ("参保登记", "变更登记", "缴费核定", "转移接续", "待遇申领")

RESULTS: Final = tuple(
    Option(
        value=f"{150200 + at}",
        title=w(f"社会保险{_MATTERS[at % 5]}（{at + 1}）", f"Social insurance matter {at + 1}"),
        about=w("市人力资源和社会保障局", "Bureau of human resources"),
        icon="guide",
        note=w("最多跑一次", "One visit") if at % 3 else w("即办", "At once"),
    )
    for at in range(30)
)


def _slots(first: int, count: int, full: frozenset[int]) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=f"s{first + at}",
            title=f"{(first + at) // 2:02}:{(first + at) % 2 * 30:02}–{(first + at + 1) // 2:02}:{(first + at + 1) % 2 * 30:02}",
            note=w(f"余 {at + 2}", f"{at + 2} left"),
            enabled=at not in full,
            why=w("已约满", "Full") if at in full else "",
        )
        for at in range(count)
    )


_AREAS: Final = (
    MapArea(value="desk", label=w("导办台", "Front desk"), x=0.4, y=0.82, width=0.2, height=0.16),
    MapArea(value="A", label=w("A 区 综合窗口", "A General"), x=0.02, y=0.03, width=0.3, height=0.3, marked=True),
    MapArea(value="B", label=w("B 区 社保医保", "B Insurance"), x=0.34, y=0.03, width=0.32, height=0.3),
    MapArea(value="C", label=w("C 区 不动产", "C Real estate"), x=0.68, y=0.03, width=0.3, height=0.3),
    MapArea(value="wait", label=w("等候区", "Waiting"), x=0.3, y=0.42, width=0.4, height=0.28),
    MapArea(value="zone", label=w("24 小时自助区", "Self-service"), x=0.02, y=0.68, width=0.26, height=0.3),
    MapArea(value="wc", label=w("卫生间", "Toilets"), x=0.9, y=0.86, width=0.08, height=0.12),
    MapArea(value="lift", label=w("电梯", "Lift"), x=0.9, y=0.5, width=0.08, height=0.14),
)

_FLOORS: Final = (
    Option(value="1", title=w("一楼", "Floor 1")),
    Option(value="2", title=w("二楼", "Floor 2")),
    Option(value="3", title=w("三楼", "Floor 3")),
)

READING: Final[Mapping[str, Screen]] = {
    "page-guide": Page(
        title=w("灵活就业人员参保登记", "Insurance for the self-employed"),
        badges=(
            Badge(label=w("最多跑一次", "One visit")),
            Badge(label=w("即办", "At once"), tone=Tone.DONE),
            Badge(label=w("可后补", "Can follow later"), tone=Tone.WAIT),
        ),
        sections=_GUIDE,
        actions=_DEEDS,
        code=CODE,
        code_hint=w("手机扫码，带走这份指南", "Scan to take this guide with you"),
    ),
    "page-booked": Page(
        title=w("预约成功", "You are booked"),
        number="YY-0930-17",
        tone=Tone.DONE,
        sections=_BOOKING,
        actions=(
            Option(value="done", title=w("完成，结束", "Finish")),
            Option(value="print", title=w("打印凭条", "Print a slip"), icon="print"),
        ),
        code=CODE,
        code_hint=w("到大厅扫这个码签到", "Check in with this code"),
        personal=True,
        revealed=True,
    ),
    "page-masked": Page(
        title=w("我的预约", "My booking"),
        sections=_BOOKING,
        actions=(Option(value="change", title=w("改时间", "Change the time"), icon="change"),),
        personal=True,
    ),
    "page-long": Page(
        title=LONG_TITLE,
        badges=tuple(Badge(label=LONG_BUTTON, tone=tone) for tone in Tone),
        number="LC-2026-1103-000571",
        tone=Tone.WARN,
        sections=_LONG_SECTIONS,
        actions=LONG_DEEDS,
        code=CODE,
        code_hint=LONG_HINT,
        personal=True,
    ),
    "search": Search(
        title=w("找事项", "Find a service"),
        hint=w("输入名称、拼音或首字母", "Type words or pinyin"),
        typed="社保",
        chips=_CHIPS,
        results=RESULTS,
        found=w("找到 128 项，先看最合适的 30 项", "128 found; the best 30 are shown"),
    ),
    "search-empty": Search(
        title=w("找事项", "Find a service"),
        hint=w("输入名称、拼音或首字母，例如 shbx", "Type words, pinyin or initials, as in shbx"),
        typed="",
        results=RESULTS[:2],
        found=w("大家常办的", "Often asked for"),
    ),
    "search-nothing": Search(
        title=LONG_TITLE,
        hint=LONG_HINT,
        typed="鹿城之窗自助终端办理事项名称很长的一个搜索词一直打下去看看怎样显示",
        chips=tuple(Option(value=f"n{at}", title=LONG_NAME) for at in range(3)),
        results=(),
        found=w("没有找到。换个说法试试，或请导办台帮忙", "Nothing found. Try other words, or ask the front desk"),
    ),
    "search-long": Search(
        title=LONG_TITLE,
        hint="",
        typed="建",
        chips=tuple(Option(value=f"c{at}", title=LONG_NAME if at == 1 else PLACE) for at in range(9)),
        results=LONG_OPTIONS,
        found=w("找到 128 项，先看最合适的 30 项", "128 found; the best 30 are shown"),
    ),
    "grid": Grid(
        title=w("选一个时段", "Choose a time"),
        hint=w("11 月 9 日（周一）· 综合窗口", "Monday 9 November · general counter"),
        groups=(
            Group(heading=w("上午", "Morning"), options=_slots(18, 6, frozenset({1, 2}))),
            Group(heading=w("下午", "Afternoon"), options=_slots(27, 7, frozenset({6}))),
        ),
    ),
    "grid-long": Grid(
        title=LONG_TITLE,
        groups=tuple(
            Group(
                heading=LONG_TITLE,
                options=(
                    *_slots(16, 12, frozenset(range(12))),
                    Option(value=f"long{at}", title=LONG_TITLE, enabled=False, why=LONG_HINT),
                    *QUEUES[4:5],
                )
                if at == 0
                else _slots(30 + 20 * at, 16, frozenset()),
            )
            for at in range(2)
        ),
    ),
    "map": HallMap(
        title=w("大厅怎么走", "Find your way"),
        floors=_FLOORS,
        floor="1",
        areas=_AREAS,
        here=(0.15, 0.64),
        about=w("A 区 1—12 号窗口：证照、登记、综合受理", "Area A, counters 1 to 12: licences, registers, general matters"),
    ),
    "map-other": HallMap(title=w("大厅怎么走", "Find your way"), floors=_FLOORS, floor="2", areas=_AREAS[1:4], here=None),
    "map-long": HallMap(
        title=LONG_TITLE,
        floors=tuple(Option(value=str(at), title=LONG_NAME) for at in range(3)),
        floor="1",
        areas=tuple(
            MapArea(value=f"a{at}", label=LONG_NAME, x=at % 5 / 5, y=at // 5 / 4, width=0.2, height=0.25, marked=not at) for at in range(20)
        ),
        here=(0.99, 0.99),
        about=LONG,
    ),
    "show-code": ShowCode(
        title=w("用手机传照片", "Send the photos from your phone"),
        hint=w("微信或支付宝“扫一扫”都可以", "Any scanner of your phone will do"),
        code=CODE,
        points=(
            w("扫描二维码，打开上传页面", "Scan the code and open the page"),
            w("选好照片，点“上传”", "Choose the photos and send them"),
            w("本机收到后会自动显示", "They appear here by themselves"),
        ),
        state=w("正在等待手机上传", "Waiting for your phone"),
        busy=True,
        done=w("传好了，下一步", "Sent, go on"),
        other=w("改用本机拍照", "Use the camera here"),
    ),
    "show-code-done": ShowCode(
        title=w("用手机传照片", "Send the photos from your phone"),
        hint="",
        code=CODE,
        state=w("收到 2 张", "2 received"),
        done=w("下一步", "Go on"),
    ),
    "show-code-long": ShowCode(
        title=LONG_TITLE, hint=LONG_HINT, code=CODE * 4, points=(LONG,) * 4, state=LONG_HINT, busy=True, done=LONG_BUTTON, other=LONG_BUTTON
    ),
}
