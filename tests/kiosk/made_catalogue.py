"""A small catalogue made by hand, for tests of flows."""

from datetime import UTC, date, datetime

from kiosk.backend.messages.catalogue import (
    Answered,
    CatalogueHead,
    Department,
    Element,
    Fee,
    Guide,
    GuideSchema,
    Level,
    ListTag,
    Material,
    MaterialStage,
    Place,
    Process,
    RatingForm,
    Site,
    Theme,
)
from kiosk.backend.messages.forms import Choice, Field, Form
from kiosk.catalogue.catalogue import Catalogue


def w(chinese, english=""):
    return {"zh-CN": chinese, "en": english or chinese}


def material(code="id", name="居民身份证", **more):
    return Material(**{"code": code, "name": w(name), "source": w("申请人自备"), "copies": 1, "original": True} | more)


FOOD = Guide(
    code="food", version=3, effective=date(2026, 1, 1), name=w("食品经营许可", "Food licence"), department="market", pinyin="shi pin jing ying xu ke",
    initials="spjyxk", synonyms=("开饭馆",), lists=(ListTag.ONE_VISIT,), visits=1, statutory_days=20, promised_days=5, brief=(w("带身份证和平面图"),),
    texts={"conditions": (w("有固定的场所"),)},
    materials=(
        material(licence="idCard"),
        material("plan", "平面图", deferrable=True, defer_days=5, original=False),
        material("lease", "租赁合同", checks=(w("在有效期内"), w("有出租人签字")), needed_if=w("场所是租的")),
        material("photo", "场所照片", stage=MaterialStage.SITE_CHECK),
    ),
    process=(Process(name=w("受理"), office=w("综合窗口"), days=1), Process(name=w("现场核查"), office=w("市场监管局"), days=3, special=True, suspends=True)),
    fees=(Fee(name=w("不收费"), amount=0, basis=w("无")),),
    places=(Place(hall="city", window=w("A 区 3 号窗口"), queue="licence"), Place(hall="baiyang", window=w("2 号窗口"), queue="all")),
    questions=(Answered(question=w("要体检吗？"), answer=w("要健康证明。")),),
    form="food-form", bookable=True, review=True,
)
PENSION = Guide(
    code="pension", version=1, effective=date(2026, 1, 1), name=w("养老待遇申领", "Pension"), department="social", pinyin="yang lao dai yu shen ling",
    initials="yldysl", visits=0, instant=True, statutory_days=1, promised_days=1, brief=(w("带身份证"),), texts={}, materials=(material(),),
    places=(Place(hall="city", window=w("B 区 5 号窗口"), queue="social"),),
)
FORM = Form(
    code="food-form", version=2, title=w("食品经营许可申请表"), declaration=w("我承诺以上属实"),
    fields=(
        Field(key="name", label=w("申请人"), kind="name", prefill="person.name"),
        Field(key="kind", label=w("业态"), kind="choice", choices=(Choice(code="eat", name=w("餐饮")), Choice(code="sell", name=w("零售")))),
        Field(key="seats", label=w("座位数"), kind="number", least=1, most=500, only_if=("kind", "eat")),
        Field(key="since", label=w("开业日期"), kind="date", required=False),
    ),
)


def site(code="city", level=Level.CITY, parent="", name="鹿城市政务服务中心"):
    return Site(code=code, level=level, parent=parent, name=w(name), address=w("示范大街1号"), phone="0999-5550100", bands=(), hours=w("工作日9:00至17:00"))


def head(**changes):
    made = {
        "version": "v1",
        "published": datetime(2026, 1, 1, tzinfo=UTC),
        "schema": GuideSchema(version=1, elements=(Element(key="conditions", title=w("受理条件")), Element(key="materials", title=w("申请材料")))),
        "departments": (Department(code="market", name=w("市场监管局")), Department(code="social", name=w("人社局"))),
        "themes": (Theme(code="shop", name=w("开餐馆"), about=w("从执照到许可"), icon="storefront", business=True, items=("food",)),),
        "sites": (site(), site("baiyang", Level.COUNTY, "city", "白杨县政务服务中心")),
        "notices": (),
        "neighbours": (),
        "forms": (FORM,),
        "rating": RatingForm(version=4, reasons={level: (Choice(code=f"r{level}", name=w("原因")), Choice(code="other", name=w("其他"))) for level in (1, 2, 5)}),
        "order_kinds": (Choice(code="road", name=w("道路")), Choice(code="noise", name=w("噪声"))),
        "complaint_kinds": (Choice(code="window", name=w("窗口服务")), Choice(code="machine", name=w("这台机器"))),
        "divisions": {"": (Choice(code="99", name=w("示范省")),), "99": (Choice(code="9901", name=w("鹿城市")),)},
        "here": "city",
    }
    return CatalogueHead(**made | changes)


def catalogue(*guides, **changes):
    return Catalogue(head(**changes), guides or (FOOD, PENSION))
