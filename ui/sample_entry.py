"""Made-up screens on which a citizen says something."""

from collections.abc import Mapping
from typing import Final

from kiosk.screens import Enter, Option, Pad, Screen, Tone
from kiosk.screens.entry import AnswerRow, Camera, CheckAnswers, ChooseSome, Picture, Rating, Sign
from kiosk.texts import text
from ui.sample_parts import LONG, LONG_HINT, LONG_NAME, LONG_OPTIONS, LONG_TITLE, w
from ui.sample_pictures import page_jpeg

_DECLARATION: Final = w(
    "以上内容属实；如有不实，愿意承担相应的法律责任。", "All of this is true. I know that I am answerable for it by law."
)

LONG_BUTTON: Final = text("office-unauthorised")

_REASONS: Final = (
    Option(value="slow", title=w("等候时间长", "I waited long"), icon="hours"),
    Option(value="papers", title=w("材料要求说得不清楚", "It was not clear what to bring"), icon="material"),
    Option(value="again", title=w("要跑好几趟", "I had to come several times"), about=w("同一件事", "For the same matter"), icon="again"),
    Option(value="attitude", title=w("服务态度不好", "Nobody was friendly"), icon="people"),
    Option(value="machine", title=w("机器不好用", "The machine is hard to use"), icon="desktop"),
)

_ROWS: Final = (
    AnswerRow(key="", label=w("申请人", "Applicant"), value=w("测试·甲一", "Ceshi Jiayi")),
    AnswerRow(key="phone", label=w("手机号码", "Phone"), value="199 0000 0001"),
    AnswerRow(
        key="address", label=w("通讯地址", "Address"), value=w("鹿城市青山区测试街道 1 号 2 单元 301", "1 Test Street, Qingshan, Lucheng")
    ),
    AnswerRow(
        key="date",
        label=w("开始日期", "From"),
        value="2026-02-30",
        problem=w("没有这一天，请重新选择", "There is no such day. Choose another one."),
    ),
    AnswerRow(key="delivery", label=w("领取方式", "Delivery"), value=w("邮寄到家，邮费到付", "By post, paid on delivery")),
)

ENTRY: Final[Mapping[str, Screen]] = {
    "enter-id": Enter(
        title=w("请输入身份证号码", "Enter your ID number"),
        hint=w("也可以把身份证放在读卡区", "Or lay your card on the reader"),
        pad=Pad.ID_NUMBER,
        least=18,
        most=18,
        groups=(6, 8, 4),
        value="99999919900101101X",
    ),
    "enter-letters": Enter(
        title=w("请输入护照号码", "Enter your passport number"),
        hint="",
        pad=Pad.LETTERS,
        least=5,
        most=12,
        value="E999",
        skip=text("screen-skip"),
    ),
    "enter-plate": Enter(
        title=w("请输入车牌号码", "Enter the number plate"),
        hint=w("新能源车牌 8 位", "8 characters for electric cars"),
        pad=Pad.PLATE,
        least=7,
        most=8,
        value="蒙B9",
    ),
    "enter-text": Enter(
        title=w("请写下您的问题", "Write down your question"),
        hint=w("也可以打 12345 说给我们听", "Or call 12345 and tell us"),
        pad=Pad.TEXT,
        least=1,
        most=200,
        lines=6,
        value="我想把社保从外地转到鹿城，需要带哪些材料？可以在这台机器上办吗？",
        skip=text("screen-skip"),
    ),
    "enter-text-full": Enter(
        title=LONG_TITLE,
        hint=LONG_HINT,
        pad=Pad.TEXT,
        least=1,
        most=500,
        lines=12,
        value="一二三四五六七八九十" * 50,
        error=w("写满了，最多 500 个字", "It is full: 500 characters at most"),
        skip=text("screen-skip"),
    ),
    "choose-some": ChooseSome(
        title=w("哪些地方不满意？", "What was not good?"),
        hint=w("可以选几项，也可以跳过", "Choose any, or skip it"),
        options=_REASONS,
        picked=("slow", "again"),
        done=text("screen-submit"),
        skip=text("screen-skip"),
    ),
    "choose-some-least": ChooseSome(
        title=w("您带了哪些材料？", "What did you bring?"), options=_REASONS[:3], picked=(), least=2, done=text("screen-next")
    ),
    "choose-some-long": ChooseSome(
        title=LONG_TITLE, hint=LONG_HINT, options=LONG_OPTIONS, picked=("L1",), done=LONG_BUTTON, skip=LONG_BUTTON
    ),
    "check-answers": CheckAnswers(
        title=w("请核对您填的内容", "Check your answers"),
        hint=w("要改哪一项，点它右边的“修改”", "Touch Change to correct one"),
        rows=_ROWS,
        declaration=_DECLARATION,
        submit=text("screen-submit"),
        second=text("button-home"),
    ),
    "check-answers-long": CheckAnswers(
        title=LONG_TITLE,
        rows=tuple(
            AnswerRow(
                key=f"k{at}", label=LONG_TITLE, value={tag: words * at for tag, words in LONG.items()}, problem=LONG_HINT if at % 2 else ""
            )
            for at in range(1, 7)
        ),
        declaration={tag: words * 6 for tag, words in LONG.items()},
        submit=LONG_BUTTON,
    ),
    "camera": Camera(
        title=w("请把材料放在拍摄台上", "Lay the page under the camera"),
        hint=w("放平，四个角都在框内", "Flat, with all four corners in sight"),
        role="document_camera",
        other=w("改用手机传", "Use my phone instead"),
    ),
    "camera-none": Camera(
        title=w("请把材料放在拍摄台上", "Lay the page under the camera"), hint="", role="code_camera", error=text("device-image-glare")
    ),
    "camera-busy": Camera(title=LONG_TITLE, hint=LONG_HINT, role="document_camera", busy=True, error=LONG_HINT, other=LONG_NAME),
    "camera-taken": Camera(
        title=w("第 1 页拍好了，清楚吗？", "Page 1 is taken. Is it clear?"),
        hint=w("字看得清、没有反光就可以用", "It will do when the text is readable"),
        role="document_camera",
        taken=Picture(page_jpeg()),
    ),
    "sign": Sign(title=w("请签名", "Please sign"), hint=w("用手指写您的姓名", "Write your name with a finger"), declaration=_DECLARATION),
    "sign-long": Sign(title=LONG_TITLE, hint=LONG_HINT, declaration={tag: words * 4 for tag, words in LONG.items()}, error=LONG_HINT),
    "rating": Rating(
        title=w("这次办事，您满意吗？", "How satisfied are you?"),
        hint=w("自愿评价，不影响您办事", "Voluntary; it changes nothing about your matter"),
        levels=(
            w("非常满意", "Very satisfied"),
            w("满意", "Satisfied"),
            w("基本满意", "Fairly satisfied"),
            w("不满意", "Dissatisfied"),
            w("非常不满意", "Very dissatisfied"),
        ),
        skip=text("screen-skip"),
    ),
    "rating-long": Rating(title=LONG_TITLE, hint=LONG_HINT, levels=(LONG_TITLE,) * 5, skip=LONG_BUTTON),
}

MORE: Final = (
    Option(value="result", title=w("打印结果", "Print the result"), icon="result"),
    Option(value="urge", title=w("催办", "Urge it"), icon="urge", tone=Tone.WARN),
    Option(value="rate", title=w("评价", "Rate it"), icon="rate"),
    Option(
        value="delivery",
        title=w("改为邮寄", "Have it posted"),
        icon="delivery",
        enabled=False,
        why=w("已经制证，不能再改", "Too late, it is made"),
    ),
)
