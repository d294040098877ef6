"""Twenty stories that hold what makes Chinese search hard; the queries of `queries.py` are written for them."""

from datetime import UTC, datetime
from typing import Any

from indexer.search.document import StoryCopy, StoryDocument

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""Noon of 25 November in Shanghai: what ages in the queries count back from."""

_SOURCES = {
    "smg": ("看看新闻", "上海"),
    "jstv": ("荔枝网", "江苏"),
    "zjtv": ("新蓝网", "浙江"),
    "ahtv": ("安徽网络广播电视台", "安徽"),
    "cnr": ("央广网", "全国"),
}


def story(story_id: str, source: str, at: str, title: str, body: str, **fields: Any) -> StoryDocument:
    """Return a story of one source; `at` is a UTC time."""
    source_title, province = _SOURCES[source]
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    values: dict[str, Any] = {
        "story_id": story_id,
        "revision": 1,
        "title": title,
        "body": body,
        "url": f"https://{source}.example/{story_id}.html",
        "source": source,
        "source_title": source_title,
        "province": province,
        "published_at": moment,
        "published_precision": "minute",
        "first_seen_at": moment,
        "timeline_at": moment,
        "level": "related",
        "score": 50.0,
        "sources": (source,),
    }
    return StoryDocument(**(values | fields))


CORPUS = (
    story(
        *("zone", "smg", "2026-11-01T00:30", "长三角一体化发展示范区揭牌七周年"),
        "长三角生态绿色一体化发展示范区执委会发布成果。\n上海青浦、江苏吴江、浙江嘉善三地联手。",
        level="core",
        topics=("示范区", "生态环保"),
        provinces=("上海", "江苏", "浙江"),
        cities=("上海", "苏州", "嘉兴"),
        credit="看看新闻Knews",
        reporters=("王小明", "李华"),
        section="politics",
    ),
    story(
        *("delta", "jstv", "2026-11-02T01:00", "长江三角洲区域一体化提速"),
        "长江三角洲一体化是国家战略。三角函数与一体机无关。",
        topics=("规划",),
        provinces=("江苏",),
        cities=("南京",),
        credit="新华社",
        editors=("赵敏",),
    ),
    story(
        *("stocks", "smg", "2026-11-03T07:00", "A股大涨"),
        "沪指收于4000点，A股成交额破万亿。AI概念股领涨。",
        level="mention",
        topics=("金融",),
        cities=("上海",),
        programme="财经早班车",
    ),
    story(
        *("report", "ahtv", "2026-11-04T02:00", "2026年政府工作报告"),
        "2026年政府工作报告提出，支持5G用户超过10亿，粮食产量1.4万亿斤。",
        credit="新华社客户端",
        programme="安徽新闻联播",
        provinces=("安徽",),
        cities=("合肥",),
    ),
    story(
        *("wide", "zjtv", "2026-11-05T03:00", "ＡＩ赋能：全角标题ＡＢＣ"),
        "全角数字１２３，半角数字456。",
        topics=("AI产业",),
    ),
    story(
        *("g60", "zjtv", "2026-11-06T04:00", "G60科创走廊产业联盟成立"),
        "G60科创走廊九城签约，涉及松江、合肥等地。Ｇ６０沿线共享。",
        level="core",
        vehicles=("G60科创走廊",),
        terms=("G60科创走廊", "产业联盟"),
        topics=("科技创新",),
        cities=("上海", "合肥", "嘉兴"),
    ),
    story(
        *("mixed", "ahtv", "2026-11-07T05:00", "长三角AI一体化G60科创大会"),
        "大会在合肥召开。",
        topics=("科技创新", "AI产业"),
        cities=("合肥",),
        credit="CCTV-13",
    ),
    story(
        *("four", "jstv", "2026-11-08T06:00", "沪苏浙皖共建"),
        "上海、江苏、浙江、安徽签署协议。",
        provinces=("上海", "江苏", "浙江", "安徽"),
        topics=("规划",),
    ),
    story(
        *("train", "jstv", "2026-11-09T07:00", "上海江苏直通车开行"),
        "上海江苏之间开行直通车。",
        topics=("交通",),
        provinces=("上海", "江苏"),
        reporters=("John Smith", "Lee Brown"),
    ),
    story(
        *("bank", "ahtv", "2026-11-10T08:00", "合肥高铁南站"),
        "中国人民银行合肥分行支持高铁建设。",
        topics=("交通", "金融"),
        cities=("合肥",),
        event_id="9c1e",
        event_size=2,
    ),
    story(
        *("english", "zjtv", "2026-11-11T09:00", "Yangtze River Delta"),
        "Integration of the Yangtze River Delta: AI, 5G-A and C++ training in Shanghai. It can't wait.",
    ),
    story(
        *("weather", "zjtv", "2026-11-12T10:00", "天气预报"),
        "杭州明天晴，最高气温25.5度，周末12,000人跑步。",
        level="mention",
        cities=("杭州",),
    ),
    story("tombstone", "smg", "2026-11-13T11:00", "长三角一体化旧闻", "长三角一体化，已经并入另一条。", deleted=True),
    story(
        *("undated", "ahtv", "2026-11-14T12:00", "无日期的消息", "长三角铁路客流创新高。"),
        published_at=None,
        published_precision="none",
        topics=("交通",),
    ),
    story(
        *("copied", "cnr", "2026-11-15T13:00", "铁路客流再创新高"),
        "国庆假期铁路客流再创新高，长三角铁路发送旅客超过3000万人次。",
        topics=("交通",),
        credit="央视新闻",
        copies=(
            StoryCopy(
                source="jstv",
                source_title="荔枝网",
                url="https://jstv.example/copy.html",
                title="客流新高",
                similarity=0.97,
            ),
        ),
        copy_count=1,
        sources=("cnr", "jstv"),
    ),
    story(
        *("plan", "cnr", "2026-11-16T14:00", "学习贯彻“十五五”规划"),
        "“十五五”规划纲要提出，推动长三角一体化发展。",
        level="core",
        topics=("规划",),
        states=("changed",),
    ),
    story("scripts", "smg", "2026-11-17T15:00", "カタカナと漢字🚄", "上海😀江苏 한국어 ﾃﾞｰﾀ"),
    story("traditional", "smg", "2026-11-18T15:30", "長三角一體化", "繁體字的報道。"),
    story(
        *("journal", "jstv", "2026-11-24T15:59", "《长三角》杂志创刊"),
        "《长三角》杂志（第1期）出版：定价￥20。沪上有售。",
        withdrawn_at=NOW,
        states=("changed", "withdrawn"),
    ),
    story("night", "jstv", "2026-11-24T16:00", "零点消息", "午夜一过就是新的一天。NOT A NUMBER，AND门与OR门。"),
)

LIVE = frozenset(document.story_id for document in CORPUS if not document.deleted)
