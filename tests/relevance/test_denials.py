"""What is denied, refused, over or only imagined is no joint action; what is invented is no news."""

import pytest

from archive.article import Level
from crawler.relevance import Gazetteer, judge

KEPT = {Level.CORE, Level.RELATED}

NOT_SO = {
    "denied": (
        "网传码头合营，公司回应",
        "平湖与金山两地的码头公司昨天先后回应：双方从未就共同经营进行过洽谈，所谓合作协议系谣言。",
    ),
    "refused": (
        "断头路还要断多久",
        "昆山提出由两地共同出资修桥，嘉定方面婉拒，答复说近期没有类似的计划。",
    ),
    "over": (
        "联名年票停售",
        "滁州与浦口两地景区的联名年票已于上周到期，均无续办计划。",
    ),
    "imagined": (
        "读者来信",
        "要是湖州和宣城的公交卡互认就好了，来信的读者说，目前没有任何一方表态。",
    ),
    "nothing came of it": (
        "两村一桥",
        "溧阳的一个村和郎溪的一个村隔河相望，十年前两村商量共同修桥。村民投票，三十户反对。两村维持现状，也没有签订协议。",
    ),
    "asked by the press": (
        "年卡为何不通用",
        "记者就此咨询了南京、滁州两地的园林部门，答复大同小异。",
    ),
    "a fraud borrows the name": (
        "警方：“长三角一体化惠民卡”是骗局",
        "多位老人收到短信，称可参与“长三角一体化惠民卡”项目，先交三百元。民警说，凡是要先交钱的一律是假的。",
    ),
    "a game": (
        "《江南商会》攻略：三城联盟",
        "玩家先在苏州建码头，再与杭州签订共建协议，升级后可以互通市场。金币不够时解散阵营重来。",
    ),
    "over, as the next paragraph says": (
        "桥头的班车",
        "六年前，平湖和金山两地的公交公司各出两辆车，共同开了这条线，票款对半分。\n上个月协议到期，双方不再续约，车辆各自收回。",
    ),
    "never begun": (
        "一块空地",
        "前年，宜兴和长兴的两家企业签署协议，约定共建冷库，收益对半分。到今天，地上没有动过一锹土。",
    ),
    "an idea that nobody took up": (
        "湖边的约定",
        "有一年高淳和当涂的两个村说好共同管理这片芦苇荡，收益平分。碑至今没有立起来，那句话也没有人再提。",
    ),
    "asked, not told": (
        "界河边的路",
        "我住在来安，在浦口上班。两边的政府坐下来谈一谈，各修一百米，共同把路接上，行不行?",
    ),
    "a label in quotation marks": (
        "湖边新楼",
        "楼盘的广告写着“沪苏同城、跨省互通”，售楼处在昆山，样板房在嘉定。",
    ),
    "denied right before the word": (
        "两座城市的夜市",
        "合肥和绍兴的城管部门没有商量，也不联合执法。",
    ),
    "elsewhere in the title": (
        "京津冀的检验单怎样互认",
        "各地都在做。上海与苏州互认检验单。",
    ),
    "a quiz": (
        "知识竞答：你知道多少",
        "长三角生态绿色一体化发展示范区由上海青浦、江苏吴江和浙江哪个县共建？答案：嘉善。",
    ),
    "long ago": (
        "老照片里的渡口",
        "1937年，吴江与嘉善的船民曾共同修过一座码头，两地合用一条缆绳。照片如今挂在茶馆的墙上。",
    ),
    "a promise that was not kept": (
        "一张卡的三年",
        "“互通互认”喊了三年，至今南京的卡刷不了滁州的闸，问两地公司，都说技术上没谈拢。",
    ),
    "a rumour that goes round": (
        "合建机场？官方：没有这回事",
        "近日，一条“昆山与嘉定将合建机场，两地已签约”的短视频在社群里流传。",
    ),
    "a merger that failed": (
        "谈了两年，两家船厂的婚事黄了",
        "两年前，扬州与舟山的两家船厂签约共建电动船基地，宣布技术互通。上周，双方各自撤回人员。",
    ),
    "a lawsuit": (
        "货款未付，供应商起诉",
        "原告是宁波的一家贸易公司，被告是芜湖的一家电缆厂。双方签约后，货款一直未付。一审判决被告支付违约金。",
    ),
    "three cities of one province": (
        "三市科技局签协议",
        "苏州、无锡、常州三市昨天签署协议。来宾中有人是安徽来的。仪式上三市共建的联盟揭牌，三市仪器互通。",
    ),
    "others are summed up": (
        "珠三角三市公交卡互通",
        "广州、佛山、东莞三市公交卡今天互通。考察组此前到过上海、苏州学习。三市还将推进社保互认，共建客服中心。",
    ),
}

STILL_SO = {
    "formerly not": (
        "一张卡过省界",
        "过去，嘉善的社保卡在青浦不能用。去年起两地医保部门互认结算，共同出台了实施细则。",
    ),
    "denied of something else": (
        "两地联手辟谣",
        "吴江与嘉善两地网信部门联合签署协议，建立共同辟谣机制，互派值班员，不再各管一段。",
    ),
    "renewed": (
        "五年之约再续",
        "六安与松江两地的结对合作协议到期，两地政府昨天续签五年，互派干部，共建产业园。",
    ),
    "over for a while": (
        "渡船又开了",
        "启东和崇明的两家渡运站共同排出班期表，票款对半分。前年停航，合作终止，今年两家又签了协议，恢复开航。",
    ),
    "a question as a headline": (
        "两地医保怎样互认？",
        "吴江与嘉善两地医保部门昨天签署协议，互认慢性病资格，共用一套目录。",
    ),
    "as old as that and kept": (
        "六十年的渡口",
        "1962年起，吴江与嘉善两地共同维护这座码头，至今由两地轮流派人值守。",
    ),
    "police against a rumour": (
        "两地警方联手辟谣",
        "青浦、吴江两地网警共用线索，共同找到谣言的发布者，当晚联合发布通报。",
    ),
    "one wish among deeds": (
        "代表热议",
        "如果能多开几班就更好了，乘客说。太仓与嘉定两地交通部门已联合开通三条跨省公交，共同制定班次。",
    ),
}


@pytest.mark.parametrize("kind", NOT_SO)
def test_what_is_not_so_is_not_relevant(kind: str, gazetteer: Gazetteer) -> None:
    found = judge(*NOT_SO[kind], gazetteer)
    assert found.level not in KEPT, found.reason


@pytest.mark.parametrize("kind", STILL_SO)
def test_what_is_so_all_the_same_is_relevant(kind: str, gazetteer: Gazetteer) -> None:
    assert judge(*STILL_SO[kind], gazetteer).level in KEPT
