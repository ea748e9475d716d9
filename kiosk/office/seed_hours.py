"""Opening hours of the made-up city's halls and stations."""

from kiosk.backend.messages import OpenBand, Words
from kiosk.office.seed_words import both

_WEEK = (1, 2, 3, 4, 5)
MORNING = OpenBand(weekdays=_WEEK, opens="09:00", closes="12:00")
NOON = OpenBand(weekdays=_WEEK, opens="12:00", closes="13:30", noon=True)
AFTERNOON = OpenBand(weekdays=_WEEK, opens="13:30", closes="17:00")
SATURDAY = OpenBand(weekdays=(6,), opens="09:00", closes="12:00")
HALL_BANDS = (MORNING, NOON, AFTERNOON)
HALL_HOURS = both(
    "工作日9:00至17:00；12:00至13:30午间不间断，部分窗口办理", "Working days 9:00–17:00, with fewer counters from 12:00 to 13:30"
)
SATURDAY_HOURS: Words = both(
    "工作日9:00至17:00，午间不间断；周六9:00至12:00部分窗口办理",
    "Working days 9:00–17:00 without a break, Saturdays 9:00–12:00 at some counters",
)
SATURDAY_WORDS = both("周六上午9:00至12:00办理社保业务和综合咨询。", "On Saturdays from 9:00 to 12:00: insurance and advice.")

TOWN_BANDS = (
    OpenBand(weekdays=_WEEK, opens="08:30", closes="12:00"),
    OpenBand(weekdays=_WEEK, opens="14:30", closes="17:30"),
)
TOWN_NOON = (*TOWN_BANDS, OpenBand(weekdays=_WEEK, opens="12:00", closes="14:30", noon=True))
TOWN_HOURS = both("工作日8:30至12:00，14:30至17:30", "Working days 8:30–12:00 and 14:30–17:30")
TOWN_NOON_HOURS = both("工作日8:30至17:30，中午有人值班", "Working days 8:30–17:30, with somebody there over noon")
TOWN_SATURDAY_WORDS = both(
    "周六上午9:00至12:00有人值班，可办社保认证和居民医保缴费。", "On Saturdays from 9:00 to 12:00: proofs of life and health insurance."
)
VILLAGE_BANDS = (
    OpenBand(weekdays=_WEEK, opens="09:00", closes="11:30"),
    OpenBand(weekdays=_WEEK, opens="15:00", closes="17:00"),
)
VILLAGE_HOURS = both(
    "工作日9:00至11:30，15:00至17:00，其他时间可电话预约上门", "Working days 9:00–11:30 and 15:00–17:00; at other times by phone"
)
