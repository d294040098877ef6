"""A text that offers its reader something is no news of the delta, whatever it sells; news about a trade is."""

from pathlib import Path

import pytest

from archive.article import Level
from crawler.relevance import Gazetteer, judge, load_gazetteer
from tests.relevance.labelled import labelled
from tests.relevance.passages import framed

KEPT = {Level.CORE, Level.RELATED}


@pytest.mark.parametrize(
    ("offer", "news"),
    [
        (
            "长三角一体化示范区旁小高层，首付三成起，沪苏浙三地联动看房。名额有限，您只要扫码预约，专车接送。",
            "青浦、吴江、嘉善三地房管部门昨天联合发布规定：售楼处不得收取认筹金，首付款由三地共同监管。",
        ),
        (
            "沪苏浙皖企业贷，四地通办，利息低至三厘，当天放款。还在为钱发愁吗？加微信找小王，不看征信。",
            "上海、江苏、浙江、安徽的金融监管局上周签署备忘录，四地银行互认抵押物，企业贷款利息降了半成。",
        ),
        (
            "长三角名师联合授课，上海、杭州、合肥校区同步，包过，不过退款。前五十名报名立减五百，咨询热线见下。",
            "上海和安徽的教育部门日前约定，两地互认教师培训学分，报名不收费，首批名额五百个。",
        ),
        (
            "长三角跨省搬家，沪苏浙皖互通，日式打包，一口价不加价。您要搬去哪里？现在下单减五十。",
            "上海、苏州两地市场监管局近日联合约谈十家搬家公司，要求报价写入合同，不得加价。",
        ),
    ],
)
def test_who_is_spoken_to_decides_and_not_the_trade(offer: str, news: str, gazetteer: Gazetteer) -> None:
    refused = judge("", offer, gazetteer)
    assert refused.level is Level.NONE
    assert refused.reason.startswith("rejected: an advertisement: ")
    assert judge("", news, gazetteer).level in KEPT


def test_a_word_repeated_for_search_engines_is_an_offer(gazetteer: Gazetteer) -> None:
    towns = ("苏州", "上海", "杭州", "无锡", "嘉兴", "合肥")
    body = "，".join(f"{town}除甲醛" for town in towns) + "，长三角联合除甲醛，品质可靠。"
    assert "repeats one word" in judge("", body, gazetteer).reason
    many = "、".join(f"{town}医保局" for town in towns)
    assert judge("", f"{many}昨天签署协议，互认药品目录。", gazetteer).level in KEPT


def test_what_a_report_quotes_is_not_said_by_it(gazetteer: Gazetteer) -> None:
    tricks = "“名额有限，您现在扫码，立减五百，包过，不过退款。”"
    news = f"沪浙两地警方联合编印手册，列出骗术：{tricks}。手册昨天同时发到两地的社区。"
    assert judge("", news, gazetteer).level in KEPT


def test_an_advertisement_below_a_report_does_not_undo_it(gazetteer: Gazetteer) -> None:
    report = "上海和浙江的消保委昨天约定，两地互认投诉记录。一位负责人表示，受理由居住地先行。\n" * 8
    assert judge("", f"{report}您还在等什么？扫码加微信，立减五十，名额有限。", gazetteer).level in KEPT


def test_no_labelled_article_of_the_delta_is_taken_for_an_advertisement(gazetteer: Gazetteer) -> None:
    for part in ("development", "held_out"):
        for item in (*labelled(part), *framed(part)):
            if item.relevant:
                assert not judge(item.title, item.body, gazetteer).reason.startswith("rejected"), item


def test_a_sign_of_the_users_own_adds_to_ours(tmp_path: Path, gazetteer: Gazetteer) -> None:
    body = "长三角文玩行，沪苏浙三地联动，盘圆了算你的。您来盘一盘？盘串的都懂。"
    assert judge("", body, gazetteer).level in KEPT
    file = tmp_path / "mine.toml"
    file.write_text(
        "[[solicitation]]\nname = 'deals'\nwhy = 'beads'\npatterns = ['盘串', '文玩行']\n", encoding="utf-8"
    )
    assert "deals" in judge("", body, load_gazetteer((file,))).reason
