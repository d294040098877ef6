"""Look-alikes: bulletins, guides, series, two reports of one event: they share their words and are different news."""

import random
from datetime import datetime, timedelta

from benchmarks.reports import Piece, clause, date_of, fill, prose, report, sentence
from benchmarks.words import CITIES, DEEDS, FIELDS, GOALS, MEDIA, PROGRAMMES, PROJECTS, RESULTS, VOICES

Text = tuple[str, str]
"""A title and a body."""

WEATHER = "{date}{sky}，偏{wind}风{wind_force}级，最低气温{low}℃，最高气温{high}℃，相对湿度{tens}%。"
WEATHER_END = "气象部门提醒市民，早晚温差较大，请及时增减衣物，出行注意交通安全，关注最新预报预警信息。"
EPIDEMIC = (
    "{date}0-24时，{city}无新增本土确诊病例，无新增境外输入确诊病例，新增出院病例{healed}例。截至{date}24时，"
    "累计报告本土确诊病例{total}例，出院病例{out}例，在定点医院隔离治疗{healed}例。"
    "省疾控中心提醒，请广大群众坚持戴口罩、勤洗手、常通风，保持社交距离，如有发热、咳嗽等症状及时就诊，途中避免乘坐公共交通工具。"
)
TRAFFIC = (
    "{date}{hour}时{tens}分，{road}{city}段往{other}方向K{hundreds}处因{trouble}，占用第{digit}车道，后方排队{digit}公里，"
    "预计{later}时恢复。请途经车辆减速慢行，保持车距，听从现场交警指挥，也可提前从{other}互通绕行。"
)
STOCK = (
    "{date}，A股三大指数收盘表现分化。截至收盘，沪指{way}{decimal}%，报{points}点；深成指{way}{decimal}%，报{points}点；"
    "创业板指{way}{decimal}%，报{points}点。两市全天成交额{hundreds}亿元，较上一交易日{volume}{hundreds}亿元。"
    "盘面上，{sector}、{sector}涨幅居前，{sector}跌幅居前。北向资金全天净{trade}{decimal}亿元。"
    "投资有风险，入市需谨慎，以上内容不构成投资建议。"
)


def bulletins(rng: random.Random, name: str, at: datetime) -> list[Piece]:
    """Return two or three look-alikes of one kind, each a story of its own."""
    kind = rng.choice(tuple(LOOK_ALIKES))
    pieces = []
    for nth, (title, body) in enumerate(LOOK_ALIKES[kind](rng, at)):
        own, medium = f"{name}n{nth}", rng.choice(MEDIA)
        url = f"https://n.example/{own}.html"
        pieces.append(Piece(own, title, body, at + timedelta(hours=nth), None, medium, url, own, kind))
    return pieces


def weather(rng: random.Random, at: datetime) -> list[Text]:
    """Return one city's forecasts of two days, and another city's of the same day."""

    def one(city: str, day: datetime) -> Text:
        low = rng.randint(-3, 20)
        lines = [f"{city}市气象台{date_of(day)}{rng.randint(5, 18)}时发布天气预报："]
        for n in range(3):
            low += rng.randint(-2, 2)
            high = low + rng.randint(4, 11)
            lines.append(fill(rng, WEATHER, date=date_of(day + timedelta(days=n)), low=low, high=high))
        return f"{city}{date_of(day)}天气预报", "\n".join((*lines, WEATHER_END))

    city, other = rng.sample(CITIES, 2)
    return [one(city, at), one(city, at + timedelta(days=1)), one(other, at)]


def epidemic(rng: random.Random, at: datetime) -> list[Text]:
    """Return two days on which almost nothing differs."""
    total, city = rng.randint(300, 4000), rng.choice(CITIES)

    def one(day: datetime) -> Text:
        healed = rng.randint(1, 9)
        date = date_of(day)
        body = fill(rng, EPIDEMIC, date=date, city=city, total=total, out=total - healed, healed=healed)
        return f"{date}{city}无新增本土确诊病例", body

    return [one(at), one(at + timedelta(days=1))]


def traffic(rng: random.Random, at: datetime) -> list[Text]:
    """Return two notices of one day: other roads, hours and kilometres."""

    def one() -> Text:
        hour = rng.randint(6, 21)
        body = fill(rng, TRAFFIC, date=date_of(at), hour=hour, later=hour + 2)
        return "路况快报", body

    return [one(), one()]


def stock(rng: random.Random, at: datetime) -> list[Text]:
    """Return the closing reports of two days."""
    days = (at, at + timedelta(days=1))
    return [(fill(rng, "收评：{sector}走强 沪指{way}{decimal}%"), fill(rng, STOCK, date=date_of(day))) for day in days]


def guide(rng: random.Random, at: datetime) -> list[Text]:
    """Return a channel's programmes on two days: most hours and programmes are the same."""
    regular = [(f"{hour:02d}:{rng.choice(('00', '15', '30'))}", rng.choice(PROGRAMMES)) for hour in range(6, 24)]
    episode, channel = rng.randint(1, 30), fill(rng, "{city}{channel}频道")

    def one(day: datetime, nth: int) -> Text:
        title = f"{channel}{date_of(day)}节目单"
        lines = [
            f"{hour} {programme}" + (f"第{episode + nth * 2}集" if n % 4 == 0 else "")
            for n, (hour, programme) in enumerate(regular)
        ]
        return title, "\n".join((title, *lines))

    return [one(at, 0), one(at + timedelta(days=1), 1)]


def series(rng: random.Random, at: datetime) -> list[Text]:
    """Return two parts of one series: the editor's note and the closing are the same, the report is not."""
    note = "编者按：" + prose(rng, 2, city="长三角", field="一体化")
    theme = rng.choice(GOALS)
    close = "更多精彩内容请继续关注本台系列报道。"
    bodies = [f"{note}\n{report(rng, 'x', at, paragraphs=rng.randint(2, 4)).body}\n{close}" for _ in range(2)]
    return [(f"【{theme}】系列报道之{part}", body) for part, body in zip("一二", bodies, strict=True)]


def two_reports(rng: random.Random, at: datetime) -> list[Text]:
    """Return one event in other words: the names, the figures and one quotation are the same."""
    city, other = rng.sample(CITIES, 2)
    field, project = rng.choice(FIELDS), rng.choice(PROJECTS)
    quote = f"“{rng.choice(VOICES)}，{clause(rng)}，{rng.choice(RESULTS)}，{rng.choice(GOALS)}。”"
    event = f"{date_of(at)}，{city}与{other}签署{field}{project}协议，总投资{rng.randint(2, 90)}亿元。{quote}"

    def one() -> Text:
        sentences = [sentence(rng, city=city, field=field) for _ in range(7)]
        sentences.insert(rng.randint(1, 3), event)
        body = "\n".join("".join(sentences[n : n + 2]) for n in range(0, 8, 2))
        return f"{city}{other}携手{rng.choice(DEEDS)}{field}{project}", body

    return [one(), one()]


LOOK_ALIKES = {
    "weather": weather,
    "epidemic": epidemic,
    "traffic": traffic,
    "stock": stock,
    "guide": guide,
    "series": series,
    "two reports": two_reports,
}
"""Each kind of look-alike, and what makes two or three texts of it."""
