"""Articles for the tests of stories: a made-up report, and items with what a test does not care about filled in."""

from datetime import UTC, datetime, timedelta

from archive.article import Precision
from benchmarks.reports import Piece
from indexer.stories.item import Item

MORNING = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
"""9:00 in Shanghai."""

REPORT = """3月5日，太湖流域三省一市的水务部门在吴江签下协议，今后上下游共用一套水质标准，断面不达标就要出钱补偿。
签约桌就摆在太浦河边。河对岸是嘉善，往东十几公里是青浦，过去三地的监测车各测各的数，遇到蓝藻常常说不到一块儿去。
“以前我们打电话要数据，现在打开同一张图就行。”吴江区水务局副局长沈明远说，平台接进了147个站点，每四小时更新一次。
协议还约定，三地的执法船可以越过省界连续追查，证据彼此承认，老百姓只需要拨打一个电话。
渔民出身的护水员陆阿根最有感触，他指着水面上的白鹭告诉记者，去年只有二十来只，今年开春就数到了八十多只。
省级财政为这项工作准备了首期3.6亿元，其中一半用于沿岸旧厂房的搬迁和湿地的恢复，余下的用来添置在线监测设备。
按照计划，到2027年底，太浦河沿线的重要断面水质将稳定保持在三类以上，汛期的联合调度预案也会在今年入梅之前演练一遍。"""

OTHER = """合肥到上海的一列货运班列今天凌晨驶出北站货场，车上装的是两百台新能源汽车和四十箱光伏组件，目的地是洋山港。
与往常不同，这批货在合肥就办完了全部出口手续，司机不必在港区外排队，船公司提前一天就锁定了舱位。
海关工作人员说，改革之后一票货物平均省下十七个小时，企业最在意的滞箱费几乎不再发生。
班列每周开行三趟，下个月起会增加到五趟，沿途在芜湖和南京各停一站，方便两地的中小企业拼箱出海。
做厨具生意的周晓岚算过一笔账，一个标准箱的综合成本降了一千二百元，一年下来够多请两名设计师。"""


def item(
    body: str,
    *,
    name: str,
    title: str = "太浦河边签下一份协议",
    at: datetime | None = MORNING,
    hours: float = 0,
    precision: Precision = Precision.MINUTE,
    source: str = "荔枝新闻",
    credit: str | None = None,
) -> Item:
    """Return an item published `hours` after `at`."""
    moment = None if at is None else at + timedelta(hours=hours)
    return Item(
        url=f"https://{name}.example/a",
        title=title,
        body=body,
        published_at=moment,
        precision=precision,
        first_seen_at=MORNING + timedelta(days=1),
        source=source,
        source_title=source,
        credit=credit,
    )


def item_of(piece: Piece) -> Item:
    """Return a generated article as an item."""
    return Item(
        url=piece.url,
        title=piece.title,
        body=piece.body,
        published_at=piece.published_at,
        precision=Precision.MINUTE,
        first_seen_at=piece.published_at,
        source=piece.source,
        source_title=piece.source,
        credit=piece.credit,
    )
