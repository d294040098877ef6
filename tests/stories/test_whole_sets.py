"""Files of articles in several hands: bulletins of one form stay apart, rewritten reports are found."""

import random
from datetime import timedelta
from itertools import combinations

import pytest

from benchmarks import rewriting
from benchmarks.hands import HANDS, article, bulletin
from benchmarks.reports import Piece
from benchmarks.republications import START
from benchmarks.whole_set import whole_set
from indexer.stories.in_memory import cluster
from indexer.stories.parallel import WORTH, normalized
from indexer.stories.similarity import NormalizedText, compare
from tests.stories.reports import item, item_of

LONG_NOTICE = (
    "{company}董事会及全体董事保证本公告内容不存在任何虚假记载、误导性陈述或者重大遗漏，并对其内容的真实性、准确性和完整性承担"
    "法律责任。重要内容提示：{company}于{day}使用闲置自有资金购买理财产品{amount}万元，期限{term}天，预期年化收益率{rate}%。"
    "公司与受托方不存在关联关系，本次交易不构成重大资产重组，已经董事会审议通过，无需提交股东大会审议。公司购买标的为风险可控的"
    "产品，财务部门将及时分析和跟踪产品投向，如发现存在可能影响资金安全的风险因素，将及时采取相应措施，控制投资风险。独立董事、"
    "监事会有权对资金使用情况进行监督与检查，必要时可以聘请专业机构进行审计。公司将根据监管规定履行信息披露义务，敬请投资者注意。"
)


@pytest.mark.parametrize("hand", HANDS)
def test_articles_of_a_hand_are_clustered_as_they_were_written(hand: str) -> None:
    pieces = whole_set(hand, 400, 5)
    truth = {piece.url: piece for piece in pieces}
    stories = cluster(list(map(item_of, pieces)))
    together = {frozenset((one.url, other.url)) for story in stories for one, other in combinations(story.items, 2)}
    wrong = sum(len({truth[url].story for url in pair}) == 2 for pair in together)
    assert wrong <= 0.005 * len(together)
    originals = {piece.id: piece for piece in pieces}
    missed = [
        piece.kind
        for piece in pieces
        if piece.kind != "flash" and piece.id != piece.story in originals
        if frozenset((piece.url, originals[piece.story].url)) not in together
    ]
    # a brief report with half its figures corrected may be taken for another one
    assert len(missed) <= 0.02 * len(pieces), missed


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize(
    "rewrite",
    [rewriting.correct, rewriting.retype_figures, rewriting.mix, rewriting.excerpt, rewriting.traditional],
)
def test_a_rewritten_report_is_the_same_report(hand: str, rewrite: rewriting.Rewriting) -> None:
    rng = random.Random(f"{hand} {rewrite.__name__}")
    recognised = 0
    for nth in range(40):
        original = article(rng, hand, f"a{nth}", START)
        body = "\n".join(rewrite(rng, original.body.split("\n")))
        recognised += compare(NormalizedText("", original.body), NormalizedText("", body)).same
    assert recognised >= 38


@pytest.mark.parametrize("hand", HANDS)
def test_bulletins_of_one_form_are_other_news(hand: str) -> None:
    rng, taken = random.Random(hand), set[tuple[str, ...]]()
    by_form: dict[str, list[Piece]] = {}
    for nth in range(200):
        one = bulletin(rng, hand, f"b{nth}", START + timedelta(hours=nth), taken)
        by_form.setdefault(one.kind, []).append(one)
    pairs = [pair for group in by_form.values() for pair in combinations(group[:8], 2)]
    texts = {one.id: NormalizedText(one.title, one.body) for group in by_form.values() for one in group}
    mistaken = sum(compare(texts[one.id], texts[other.id]).same for one, other in pairs)
    assert len(pairs) > 200
    assert mistaken <= 0.005 * len(pairs)


def test_long_notices_of_one_template_stay_apart() -> None:
    one = LONG_NOTICE.format(company="华宁股份", day="3月9日", amount=5000, term=90, rate=2.8)
    other = LONG_NOTICE.format(company="东塘电子", day="3月10日", amount=12000, term=182, rate=3.1)
    copy = LONG_NOTICE.format(company="華寧股份", day="三月九日", amount="5,000", term="九十", rate="2.80")
    assert len(one) > 300
    assert not compare(NormalizedText("公告", one), NormalizedText("公告", other)).same
    assert compare(NormalizedText("公告", one), NormalizedText("公告", copy)).same


def test_a_copy_of_one_of_many_bulletins_joins_that_one() -> None:
    form = (
        "{place}供电公司定于3月{day}日{hour}时起对城东线停电检修，停电范围为{road}一带，"
        "请用户提前做好准备，检修结束后恢复送电。"
    )
    roads = ("人民路", "建设街", "解放北路", "文昌路")
    bodies = [
        form.format(place=place, day=day, hour=day % 5 + 5, road=road)
        for place in ("苏州", "常州", "芜湖", "宁波")
        for day in range(10, 20)
        for road in roads
    ]
    items = [item(body, name=f"b{nth}", title="停电通知", hours=nth / 10) for nth, body in enumerate(bodies)]
    copies = [item(bodies[nth], name=f"copy{nth}", title="转：停电", hours=40) for nth in (3, 77, 159)]
    stories = [{one.url[8:].split(".")[0] for one in story.items} for story in cluster([*items, *copies])]
    assert [story for story in stories if len(story) > 1] == [{f"b{nth}", f"copy{nth}"} for nth in (3, 77, 159)]


def test_texts_come_in_order_from_all_processors() -> None:
    items = [item(f"第{nth}篇报道，说的是同一条河上的另一座桥。" * 3, name=f"i{nth}") for nth in range(WORTH + 150)]
    assert [text.keys for text in normalized(items)] == [one.normalized_text.keys for one in items]
