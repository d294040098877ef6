import random
from datetime import timedelta
from itertools import combinations

import pytest

from benchmarks.look_alikes import LOOK_ALIKES
from benchmarks.republications import START
from indexer.stories.similarity import NormalizedText, compare

WEATHER = (
    "{city}市气象台{day}17时发布：今天夜里到明天，{sky}，偏{wind}风3级，最低气温{low}℃，最高气温{high}℃，"
    "请及时增减衣物，注意出行安全。"
)
MONDAY = WEATHER.format(city="合肥", day="3月9日", sky="多云转阴", wind="东", low=6, high=14)
EPIDEMIC = (
    "{day}0—24时，上海无新增本土确诊病例，无新增境外输入病例。截至{day}24时，累计报告本土确诊病例342例，"
    "出院335例，死亡7例。请市民继续做好个人防护。"
)
PROGRAMMES = """06:00 早安江苏
07:00 新闻空间站
12:00 午间新闻
18:30 江苏新时空
19:00 转播新闻联播
21:30 零距离"""
GUIDE = "江苏卫视{day}节目单\n" + PROGRAMMES + "\n19:30 电视剧《大江边》第{part}集"
BRIDGE = (
    "常泰长江大桥{day}迎来节后返程高峰，全天通行车辆超过8万辆次，比平日多出四成，养护人员全部到岗，"
    "清障车在南北两岸值守，晚间车流恢复平稳。"
)
SERIES = (
    "编者按：长三角一体化上升为国家战略以来，三省一市拆壁垒、建机制、强协同。本台今天起推出系列报道《一体的力量》，"
    "记者走进沿江城市，听听普通人的故事。\n"
)
HARBOUR = (
    "早上七点，宁波舟山港的桥吊已经转了起来，操作员方建国坐在五公里外的屏幕前，一个人照看四台设备。"
    "他说过去夏天驾驶室里像蒸笼。"
)
FIELDS = (
    "芜湖湾沚的稻田里看不见人，插秧机自己掉头。种粮大户丁大妹在手机上看着苗情，她和金山的米厂签了三年订单，再也不愁卖。"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MONDAY, WEATHER.format(city="合肥", day="3月10日", sky="多云转阴", wind="东", low=7, high=15)),
        (MONDAY, WEATHER.format(city="合肥", day="3月10日", sky="多云转阴", wind="东", low=6, high=14)),
        (MONDAY, WEATHER.format(city="芜湖", day="3月9日", sky="小雨", wind="西北", low=8, high=12)),
        (EPIDEMIC.format(day="3月9日"), EPIDEMIC.format(day="3月10日")),
        (GUIDE.format(day="3月9日", part=12), GUIDE.format(day="3月10日", part=14)),
        (GUIDE.format(day="周一", part=12), GUIDE.format(day="周二", part=14)),
        (BRIDGE.format(day="2月23日"), BRIDGE.format(day="2月24日")),
        (SERIES + HARBOUR, SERIES + FIELDS),
    ],
)
def test_a_form_filled_in_anew_is_other_news(one: str, other: str) -> None:
    assert not compare(NormalizedText("播报", one), NormalizedText("播报", other)).same
    assert compare(NormalizedText("播报", one), NormalizedText("转载", one)).same, "its own republication is not"


def test_the_date_of_the_title_counts() -> None:
    assert not compare(
        NormalizedText("江苏卫视3月9日节目单", PROGRAMMES), NormalizedText("江苏卫视3月10日节目单", PROGRAMMES)
    ).same


def test_parts_of_a_series_are_told_by_their_number() -> None:
    body = HARBOUR + FIELDS
    assert not compare(NormalizedText("一体的力量（三）", body), NormalizedText("一体的力量（四）", body)).same


@pytest.mark.parametrize("kind", sorted(LOOK_ALIKES))
def test_generated_look_alikes_stay_apart(kind: str) -> None:
    rng = random.Random(kind)
    mistaken = pairs = 0
    for _ in range(60):
        texts = [NormalizedText(*text) for text in LOOK_ALIKES[kind](rng, START + timedelta(days=rng.randrange(300)))]
        for one, other in combinations(texts, 2):
            pairs += 1
            mistaken += compare(one, other).same
    assert mistaken <= 0.005 * pairs
