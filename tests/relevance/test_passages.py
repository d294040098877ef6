"""One passage of joint action is enough, in whatever article it stands; names side by side are not."""

import pytest

from archive.article import Level
from crawler.relevance import Gazetteer, judge
from tests.relevance.labelled import PARTS, Score, score
from tests.relevance.passages import framed

KEPT = {Level.CORE, Level.RELATED}
FRAME = "天刚亮，老周就上了桥。他守这座石桥二十六年，桥身的每一道裂缝都认得。"
JOINT = "松江和金华的税务部门互设窗口，纳税人在哪边办都一样。"


def measured(part: str, gazetteer: Gazetteer) -> Score:
    return score(list(framed(part)), gazetteer)


@pytest.mark.parametrize("part", PARTS)
def test_passages_are_found_in_articles_about_something_else(part: str, gazetteer: Gazetteer) -> None:
    found = measured(part, gazetteer)
    assert found.precision >= 0.95, found.wrong
    assert found.f1 >= 0.95, found.wrong


def test_the_set_is_large_and_has_a_look_alike_for_each_joint_passage() -> None:
    for part in PARTS:
        items = list(framed(part))
        assert len(items) >= 300
        assert sum(not item.relevant for item in items) >= sum(item.relevant for item in items)


def test_the_passage_that_decided_is_told(gazetteer: Gazetteer) -> None:
    body = f"{FRAME}\n{JOINT}\n{FRAME}"
    found = judge("守桥人老周", body, gazetteer)
    assert found.level is Level.RELATED
    assert found.passage is not None
    assert found.passage.field == "body"
    assert body[found.passage.start : found.passage.end].strip() == JOINT
    assert {"松江", "金华", "互设"} <= {term.text for term in found.terms}
    assert "a passage in the lead reports a joint action" in found.reason


def test_a_passage_may_be_a_title(gazetteer: Gazetteer) -> None:
    found = judge(JOINT, FRAME, gazetteer)
    assert found.passage is not None
    assert found.passage.field == "title"


def test_where_no_passage_decides_none_is_told(gazetteer: Gazetteer) -> None:
    assert judge("守桥人老周", FRAME, gazetteer).passage is None


def test_one_passage_makes_no_article_core(gazetteer: Gazetteer) -> None:
    assert judge("", FRAME * 20 + JOINT, gazetteer).level is Level.RELATED


def test_two_sentences_of_one_paragraph_are_a_passage_and_of_two_paragraphs_must_say_more(gazetteer: Gazetteer) -> None:
    first, second = "法庭一半在江苏昆山，一半在上海青浦。", "两地法院会商。"
    found = judge("门牌", FRAME + first + second, gazetteer)
    assert found.passage is not None
    assert (FRAME + first + second)[found.passage.start : found.passage.end] == first + second
    assert judge("门牌", f"{FRAME}{first}\n{FRAME}\n{second}", gazetteer).level not in KEPT
    more = "法官由两地法院轮流派驻，案卷互送。"
    assert judge("门牌", f"{FRAME}{first}\n{FRAME}\n{more}", gazetteer).level in KEPT


@pytest.mark.parametrize(
    ("passage", "look_alike"),
    [
        ("上海和杭州的两家博物馆合办展览。", "展览先后在上海、杭州举行。"),
        ("苏州与嘉兴两市的法院互派法官。", "苏州与无锡两市的法院互派法官。"),
        ("南京、滁州两市公安局签署协议。", "被告在南京、原告在滁州，双方签署协议。"),
        ("安徽与浙江签署补偿协议。", "安徽与江西签署补偿协议。"),
        ("金山和平湖的图书馆通借通还。", "金山和银山的传说在村里流传。"),
        ("来安和浦口的养老院互认评估结果。", "未来安排和养老院互认评估结果。"),
    ],
)
def test_what_joins_counts_and_not_the_names(passage: str, look_alike: str, gazetteer: Gazetteer) -> None:
    assert judge("", FRAME + passage, gazetteer).level in KEPT
    assert judge("", FRAME + look_alike, gazetteer).level not in KEPT


def test_traditional_script_is_judged_as_simplified_is(gazetteer: Gazetteer) -> None:
    body = "滬蘇浙皖四地大學圖書館簽署互借協議，讀者憑校園卡即可借書。"
    found = judge("", body, gazetteer)
    assert found.level in KEPT
    assert set(found.provinces) == {"上海", "江苏", "浙江", "安徽"}
    assert "滬蘇浙皖四地" in {term.text for term in found.terms}


def test_a_text_that_sells_is_spam_whatever_it_borrows(gazetteer: Gazetteer) -> None:
    advertisement = "长三角一体化搬家服务，沪苏浙三地联动，价格优惠，免费上门估价，咨询热线微信同号。"
    assert judge("长三角搬家公司哪家好", advertisement, gazetteer).reason.startswith("rejected: ")
    honest = "沪苏浙三地市场监管部门联合整治搬家行业，投诉可拨打咨询热线。"
    assert judge("沪苏浙联合整治搬家行业", honest, gazetteer).level in KEPT


@pytest.mark.parametrize(
    "body",
    [
        # Two parties, of which only one is named: the other is who the article is about.
        "高淳区融媒体中心讯 水位昨天退了。\n最险的一夜，江对岸宣州区水阳镇送来碎石，两地防指合用一张水位图。",
        "本报讯 嘉善站停靠的列车增加两列。\n我市的市域铁路与上海轨道交通17号线的乘车码相互识读，双方闸机同步启用。",
        # What stands beside 我院 is another's, so that the newsroom's place is that of the next sentence.
        "我院与上海一家医学中心共建病房。六安市的医院有床二十四张。\n病房由该院与上海方面共同管理，医生每半年轮换。",
        # Two provinces in all that was said: the two parties are theirs, however long ago they were named.
        "老宋的厂在郎溪。\n另一家在溧阳。\n冬天雨多。\n路上泥泞。\n老宋爱下棋。\n他的狗叫元宝。\n两家合买了吊车，油费对半分，司机轮流派。",
        # Ambiguous names of two provinces that are one subject: each is beside a place.
        "宝山和宁海两处邮政一起做了一枚邮戳，本钱平摊。",
        # An ambiguous name beside one that is none.
        "盱眙丢了七条狗。线索出在天长。两个所的民警坐到一起，约定同时动手，联合抓获三人。",
        # What is told by how it is said, not by one word.
        "平湖的值机厅上月开张。由浦东机场派来六名地服人员，场地租金全免，大巴亏损双方对半分担。",
    ],
    ids=[
        "the place of the newsroom",
        "our city",
        "our hospital's partner",
        "the two of the article",
        "two ambiguous names",
        "an ambiguous name",
        "who pays what",
    ],
)
def test_who_acts_is_known_from_what_was_said_before(body: str, gazetteer: Gazetteer) -> None:
    assert judge("一天", body, gazetteer).level in KEPT


def test_a_notice_to_the_public_is_no_advertisement(gazetteer: Gazetteer) -> None:
    notice = (
        "广大乘客：自11月18日起，我公司对9条线路作如下调整。嘉善216路延伸到青浦金泽客运站，"
        "单日由我公司派车，双日由青浦方面派车，票款按里程分摊，老人免费。敬请谅解。咨询电话见站牌。"
    )
    assert judge("关于公交班次调整的通告", notice, gazetteer).level in KEPT
