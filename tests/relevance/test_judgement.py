"""What the rules promise, one promise a test."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Level
from crawler.relevance import Gazetteer, judge

KEPT = {Level.CORE, Level.RELATED}
PLAIN = "今天上午，记者来到现场，看到工人们正在忙碌。"
LONG = PLAIN * 40


@pytest.mark.parametrize(
    "title",
    [
        "安徽携手沪苏浙共建创新生态圈",
        "长三角一体化发展高层论坛开幕",
        "一体化示范区发布新一批制度创新成果",
        "长三角Ｇ60 科创走廊九城市联合揭榜",
        "沪苏两地社保卡互认",
        "太仓嘉定两地共建医联体",
        "南京都市圈召开党政联席会议",
    ],
)
def test_a_title_that_says_it_is_enough(title: str, gazetteer: Gazetteer) -> None:
    assert judge(title, LONG, gazetteer).level in KEPT


@pytest.mark.parametrize(
    "title",
    [
        "沪指收涨，沪深两市成交额破万亿元",
        "G60沪昆高速今晨发生三车追尾",
        "宁夏与甘肃共建葡萄酒产业联盟",
        "皖南事变纪念馆迎来新展",
        "上海合作组织签署合作协议",
        "苏宁与国美携手",
        "王沪宁会见外宾",
        "河南通报一起联合执法",
    ],
)
def test_false_friends_are_nothing(title: str, gazetteer: Gazetteer) -> None:
    found = judge(title, LONG, gazetteer)
    assert found.level is Level.NONE
    assert found.terms == ()


def test_the_title_weighs_more_than_the_lead_and_the_lead_more_than_the_rest(gazetteer: Gazetteer) -> None:
    sentence = "沪苏浙三地共建科技创新共同体。"
    title = judge(sentence, LONG, gazetteer).score
    lead = judge("", sentence + LONG, gazetteer).score
    rest = judge("", LONG + sentence, gazetteer).score
    assert title > lead > rest > 0


@pytest.mark.parametrize(
    "sentence",
    [
        "公司位于长三角，主营机床。",
        "产品远销长三角、珠三角。",
        "来自长三角的游客占六成。",
        "这是长三角首家宠物医院。",
        "他任长三角物流有限公司经理。",
        "当地抢抓长三角一体化机遇，发展花卉。",
    ],
)
def test_a_passing_mention_is_a_mention(sentence: str, gazetteer: Gazetteer) -> None:
    assert judge("小城新事", sentence + PLAIN, gazetteer).level is Level.MENTION


def test_mentions_however_many_make_no_more_than_a_mention(gazetteer: Gazetteer) -> None:
    body = "当地抢抓长三角一体化机遇，发展花卉。" * 12
    assert judge("小城新事", body, gazetteer).level is Level.MENTION


def test_a_title_that_lists_places_of_elsewhere_joins_nothing(gazetteer: Gazetteer) -> None:
    assert (
        judge("江苏、安徽、四川三地新闻", "江苏溧阳举行会议，安徽郎溪也有合作。" + PLAIN, gazetteer).level not in KEPT
    )


def test_words_of_cooperation_beside_places_where_nobody_acts_are_a_mention(gazetteer: Gazetteer) -> None:
    body = "他在上海看见联动，在江苏看见互认，在浙江看见共建。他在上海说起协同，在江苏说起互通。"
    assert judge("四地", body, gazetteer).level is Level.MENTION


def test_a_mention_stays_one_in_the_longest_text(gazetteer: Gazetteer) -> None:
    assert judge("", LONG * 20 + "公司位于长三角。", gazetteer).level is Level.MENTION


def test_two_provinces_without_a_cooperation_are_nothing(gazetteer: Gazetteer) -> None:
    assert judge("上海江苏浙江安徽明天升温", "上海、江苏、浙江、安徽明天升温。", gazetteer).level is Level.NONE


def test_a_cooperation_within_one_province_is_nothing(gazetteer: Gazetteer) -> None:
    assert judge("苏州无锡常州三市携手共建轨道网", "三市签署合作协议。", gazetteer).level is Level.NONE


def test_a_list_with_places_of_elsewhere_is_no_cooperation_of_the_delta(gazetteer: Gazetteer) -> None:
    ours = judge("上海、江苏共建数据平台", "", gazetteer)
    everybody = judge("上海、江苏、广东、四川、湖北共建数据平台", "", gazetteer)
    assert ours.level in KEPT
    assert everybody.level not in KEPT


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("沪苏浙皖三省一市签署协议", True),
        ("川渝黔滇三省一市签署协议", False),
        ("东北三省一市签署协议", False),
    ],
)
def test_three_provinces_and_a_city_are_ours_only_where_the_delta_is_named(
    title: str, kept: bool, gazetteer: Gazetteer
) -> None:
    assert (judge(title, PLAIN, gazetteer).level in KEPT) is kept


def test_a_title_that_says_half_of_it_adds_to_a_lead_that_says_the_whole(gazetteer: Gazetteer) -> None:
    lead = "江苏溧阳与安徽郎溪之间的省际断头路今天通车。" + PLAIN
    with_half = judge("断头路变成连心路", lead, gazetteer)
    without = judge("今天的好消息", lead, gazetteer)
    assert with_half.level in KEPT
    assert without.level is Level.RELATED
    assert with_half.score > without.score


def test_places_named_before_are_taken_up_by_both_sides(gazetteer: Gazetteer) -> None:
    found = judge("", "青浦与吴江隔河相望。两地携手治水。", gazetteer)
    assert {term.text for term in found.terms} >= {"携手"}
    assert found.score > judge("", "青浦与吴江隔河相望。他们携手回家。", gazetteer).score / 2


@pytest.mark.parametrize("word", ["龙凤419", "快乐十分", "KAIYUN"])
def test_a_certain_word_of_spam_keeps_a_page_out(word: str, gazetteer: Gazetteer) -> None:
    found = judge("长三角一体化示范区揭牌", f"示范区今天揭牌。{word}", gazetteer)
    assert found.level is Level.NONE
    assert found.reason.startswith("rejected: ")
    assert found.reason.removeprefix("rejected: ") in {"龙凤419", "快乐十分", "kaiyun"}


def test_suspicious_words_keep_a_page_out_only_together(gazetteer: Gazetteer) -> None:
    honest = judge("沪苏浙警方联合出台反赌机制", "三地警方共建机制，打击网络投注和博彩。", gazetteer)
    spam = judge("沪苏浙警方联合出台反赌机制", "投注 博彩 开奖结果 注册送", gazetteer)
    assert honest.level in KEPT
    assert spam.reason.startswith("rejected: ")


def test_subjects_are_told(gazetteer: Gazetteer) -> None:
    found = judge(
        "沪苏浙三地医保跨省直接结算",
        "在长三角生态绿色一体化发展示范区，上海青浦、江苏吴江、浙江嘉善三地的医保跨省直接结算今天开通。",
        gazetteer,
    )
    assert found.level is Level.CORE
    assert "公共服务与民生" in found.topics
    assert set(found.provinces) == {"上海", "江苏", "浙江"}
    assert set(found.cities) == {"上海", "苏州", "嘉兴"}
    assert found.vehicles == ("长三角生态绿色一体化发展示范区",)


def test_a_province_that_is_named_once_far_down_is_not_a_subject(gazetteer: Gazetteer) -> None:
    found = judge("安徽携手江苏治水", LONG + "浙江也来了。", gazetteer)
    assert set(found.provinces) == {"安徽", "江苏"}


def test_the_reason_names_the_rule_and_the_place(gazetteer: Gazetteer) -> None:
    assert "in the title" in judge("安徽携手沪苏浙", PLAIN, gazetteer).reason
    assert "nothing of the delta" in judge("小城新事", PLAIN, gazetteer).reason


WORDS = st.sampled_from(
    [
        "长三角",
        "长三角一体化",
        "Ｇ６０科创走廊",
        "沪苏浙",
        "安徽",
        "上海",
        "携手",
        "位于",
        "、",
        "。",
        "\n",
        "㎡",
        "ﬃ",
        "İ",
        " ",
        "！",
        "三省一市",
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    title=st.lists(WORDS | st.text(max_size=5), max_size=8).map("".join),
    body=st.lists(WORDS | st.text(max_size=9), max_size=60).map("".join),
)
def test_offsets_are_those_of_the_original_text(title: str, body: str, gazetteer: Gazetteer) -> None:
    found = judge(title, body, gazetteer)
    assert 0 <= found.score <= 100
    assert (found.level is Level.NONE) == (found.score == 0)
    places = []
    for term in found.terms:
        assert {"title": title, "body": body}[term.field][term.start : term.end] == term.text
        places.append((term.field == "body", term.start, term.end))
    assert places == sorted(places)
    assert all(first[2] <= second[1] or first[0] != second[0] for first, second in pairwise(places))
