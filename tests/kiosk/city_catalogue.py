"""A catalogue of a small city with what people come for, halls with floors, notices and machines nearby; and many items, where size matters."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from made_catalogue import FOOD, PENSION, head, material, w

from kiosk.backend.messages import OpenBand
from kiosk.backend.messages.catalogue import (
    Area,
    Department,
    Element,
    Floor,
    Guide,
    GuideSchema,
    Level,
    ListTag,
    Neighbour,
    Notice,
    Place,
    Site,
    Theme,
)
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.index import Index
from kiosk.catalogue.items import item_of
from kiosk.office.catalogue.pinyin import initials, reading

WEEK = (1, 2, 3, 4, 5)
BANDS = (
    OpenBand(weekdays=WEEK, opens="09:00", closes="12:00"),
    OpenBand(weekdays=WEEK, opens="12:00", closes="13:30", noon=True),
    OpenBand(weekdays=WEEK, opens="13:30", closes="17:00"),
    OpenBand(weekdays=(6,), opens="10:00", closes="15:00"),
)
NAMES = {  # names as guides have them, with their English ones
    "企业设立登记": "Business registration", "个体工商户设立登记": "Sole trader registration", "企业变更登记": "Change of a business",
    "企业注销登记": "Closing a business", "药品经营许可证核发": "Pharmacy licence", "烟草专卖零售许可证新办": "Tobacco retail licence",
    "公章刻制备案": "Company seal", "社会保险费缴费申报": "Social insurance contributions", "灵活就业人员参保登记": "Insurance of flexible workers",
    "社会保障卡申领": "Social security card", "社会保障卡挂失补办": "Lost social security card", "城乡居民基本医疗保险参保登记": "Health insurance of residents",
    "基本医疗保险关系转移接续": "Transfer of health insurance", "异地就医备案": "Care elsewhere", "城镇职工基本养老保险关系转移接续": "Transfer of pension insurance",
    "失业保险金申领": "Unemployment benefit", "工伤认定": "Work injury", "出生登记": "Registration of a birth", "户口迁移（投靠落户）": "Moving a household record",
    "居民户口簿换发补发": "Household book", "居民身份证申领": "First identity card", "居民身份证换领": "Renewing an identity card",
    "居民身份证补领": "Replacing an identity card", "居住证申领": "Residence permit", "普通护照签发": "Passport", "往来港澳通行证签发": "Permit to Hong Kong and Macao",
    "结婚登记": "Marriage registration", "离婚登记": "Divorce registration", "不动产转移登记（存量房买卖）": "Transfer of real estate",
    "不动产抵押登记": "Mortgage on real estate", "住房公积金提取": "Drawing on the housing fund", "住房公积金贷款": "Loan of the housing fund",
    "机动车驾驶证换证": "Renewing a driving licence", "机动车注册登记": "Registration of a vehicle", "残疾人证办理": "Disability certificate",
    "最低生活保障对象认定": "Minimum living allowance", "教师资格认定": "Teacher qualification", "护士执业注册": "Nurse registration", "契税申报": "Deed tax",
    "发票领用": "Invoices", "公共租赁住房保障申请": "Public rental housing", "新生儿参保登记": "Health insurance of a newborn", "生育登记": "Birth planning record",
    "义务教育入学报名": "School enrolment", "无犯罪记录证明开具": "Certificate of no criminal record", "法律援助申请": "Legal aid",
    "建筑工程施工许可证核发": "Building permit", "用水报装": "Water connection", "用电报装": "Electricity connection", "取水许可": "Permit to draw water",
}
AREAS = (
    Area(code="a", name=w("A 区", "Area A"), x=0.1, y=0.1, width=0.3, height=0.3, about=w("企业开办、许可", "Business")),
    Area(code="b", name=w("B 区", "Area B"), x=0.5, y=0.1, width=0.3, height=0.3),
)
UP = Area(code="d", name=w("D 区", "Area D"), x=0.1, y=0.5, width=0.3, height=0.3, about=w("税务", "Taxes"))
FLOORS = (
    Floor(code="1", name=w("一楼", "Ground floor"), areas=AREAS, here=(0.5, 0.9)),
    Floor(code="2", name=w("二楼", "First floor"), areas=(UP,)),
)
SITES = (
    Site(
        code="city", level=Level.CITY, parent="", name=w("鹿城市政务服务中心", "Lucheng City Hall"), address=w("示范大街1号"), phone="0999-5550100",
        bands=BANDS, hours=w("工作日9:00至17:00"), weekend=w("周六10:00至15:00"), floors=FLOORS,
    ),
    Site(
        code="baiyang", level=Level.COUNTY, parent="city", name=w("白杨县政务服务中心", "Baiyang Hall"), address=w("白杨路2号"), phone="0999-5550200",
        bands=BANDS[:3], hours=w("工作日9:00至17:00"),
    ),
    Site(code="liu", level=Level.TOWNSHIP, parent="baiyang", name=w("柳树镇便民服务中心"), address=w("柳树镇"), phone="0999-5550300", bands=(), hours=w("逢集开放")),
    Site(code="hu", level=Level.VILLAGE, parent="liu", name=w("湖边村便民站"), address=w("湖边村"), phone="0999-5550400", bands=(), hours=w("请电话预约")),
)
NOTICES = (
    Notice(code="old", title=w("春节安排"), text=(w("放假"),), since=date(2026, 1, 1), until=date(2026, 2, 28)),
    Notice(code="noon", title=w("午间不间断服务"), text=(w("部分窗口照常办理。"), w("请留意叫号。")), since=date(2026, 3, 1), until=date(2026, 12, 31)),
    Notice(code="today", title=w("今天停电检修"), text=(w("上午停电。"),), since=date(2026, 3, 4), until=date(2026, 3, 4)),
)
NEIGHBOURS = (
    Neighbour(
        code="traffic", name=w("交管自助机", "Traffic police machine"), does=(w("交通违法处理", "Traffic offences"), w("驾驶证换证", "Driving licence")),
        needs=(w("身份证", "Identity card"),), where=w("一楼东侧", "Ground floor, east"), hours=w("全天", "Day and night"), icon="car",
    ),
    Neighbour(
        code="fund", name=w("公积金自助机", "Housing fund machine"), does=(w("公积金缴存证明打印", "Certificates"),), needs=(), where=w("一楼西侧"), hours=w("9:00至17:00")
    ),
)
ELEMENTS = ("basis", "conditions", "materials", "process", "special", "fees", "places", "result", "rights", "extra")


def guide(code, name, english="", **more):
    pinyin = reading(name)
    made = {
        "code": code, "version": 1, "effective": date(2026, 1, 1), "name": w(name, english), "department": "market", "pinyin": pinyin,
        "initials": initials(pinyin), "visits": 1, "statutory_days": 20, "promised_days": 5, "brief": (w("带身份证"),), "texts": {"conditions": (w("有固定的场所"),)},
        "materials": (material(),), "places": (Place(hall="city", window=w("A 区 3 号窗口"), queue="licence", area="a"),),
    }
    return Guide(**made | more)


def a_head(**changes):
    made = {
        "schema": GuideSchema(version=1, elements=tuple(Element(key=key, title=w(key), required=key != "extra") for key in ELEMENTS)),
        "departments": (Department(code="market", name=w("市场监管局", "Market regulation")), Department(code="social", name=w("人社局", "Human resources"))),
        "themes": (
            Theme(code="shop", name=w("开餐馆", "A restaurant"), about=w("从执照到许可"), icon="storefront", business=True, items=("i000", "food", "gone")),
            Theme(code="birth", name=w("孩子出生", "A birth"), about=w("证件和参保"), icon="baby", business=False, items=("i017", "i041")),
        ),
        "sites": SITES, "notices": NOTICES, "neighbours": NEIGHBOURS, "guide_url": "https://lucheng.example/g/{code}",
        "published": datetime(2026, 3, 1, tzinfo=UTC),
    }
    return head(**made | changes)


def real_guides():
    made = [guide(f"i{at:03}", name, english) for at, (name, english) in enumerate(NAMES.items())]
    tags = (ListTag.AT_ONCE, ListTag.ONLINE, ListTag.NEARBY, ListTag.ONE_VISIT)
    made = [replace(one, lists=(tags[at % 4],), instant=at % 5 == 0, department="social" if "保险" in one.name["zh-CN"] else "market") for at, one in enumerate(made)]
    food = replace(FOOD, places=(Place(hall="city", window=w("A 区 3 号窗口"), queue="licence", area="a"),))
    return (*made, food, PENSION)


SUBJECTS = (
    "危险化学品经营", "特种设备使用", "林木种子生产", "城市排水", "广播电视节目制作", "旅行社经营", "公共场所卫生", "放射诊疗", "医疗机构执业", "农药经营", "兽药经营",
    "动物防疫条件", "渔业捕捞", "建筑业企业资质", "房地产开发资质", "物业服务", "招标代理", "测绘资质", "矿产资源开采", "土地使用权出让", "地名命名", "社会团体", "民办学校",
    "基金会", "职业培训学校", "人力资源服务", "劳务派遣经营", "道路货物运输", "出租汽车经营", "水上运输",
)
ACTS = ("许可", "许可证核发", "许可证变更", "许可证延续", "许可证补办", "许可证注销", "备案", "备案变更", "资质审批", "登记", "变更登记", "注销登记", "年度报告", "审核转报")


def many_guides(count=4000):
    """Real ones among made-up ones, as many as a city has."""
    made = list(real_guides())
    names = (f"{subject}{act}（{grade}级{kind}）" for kind in "甲乙丙丁戊" for grade in "一二三" for subject in SUBJECTS for act in ACTS)
    made += [guide(f"m{at:04}", name, f"Matter {at}") for at, name in zip(range(count - len(made)), names, strict=False)]
    return tuple(made)


@cache
def city():
    return Catalogue(a_head(), real_guides())


def index(guides, words):
    return Index([item_of(one, "city") for one in guides], a_head(), words)
