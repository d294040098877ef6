"""Who signs a report: chains of roles and units, photographers among them, and the medium they write for."""

from typing import Any

import pytest

from tests.extraction.test_credit import SENTENCES, read

TIME = "<div>2025-07-01 09:31</div>"
OTHERS = "<h3>相关阅读</h3><p>灯塔重开 来源：海角晚报 记者 高一鸣</p>"


@pytest.mark.parametrize(
    ("signature", "names"),
    [
        ("江岸晚报/大江新闻记者 许小舟 王川 见习记者 李帆", ("许小舟", "王川", "李帆")),
        ("（总台记者 许小舟 江东台 古丽·艾山 海角台 李帆）", ("许小舟", "古丽·艾山", "李帆")),
        ("记者 许小舟 区委报道组 王川 通讯员 李帆", ("许小舟", "王川", "李帆")),
        ("（县民政局 许小舟）", ("许小舟",)),
        ("中国青年报·中青在线记者 许小舟", ("许小舟",)),
        ("记者许小舟通讯员王小川", ("许小舟", "王小川")),
        ("记者 许小舟 通讯员 县融媒体中心 王小川", ("许小舟", "王小川")),
        ("记者 买买提·吐尔逊 阿依古丽 许小舟", ("买买提·吐尔逊", "阿依古丽", "许小舟")),
        ("通讯员 那顺乌力吉", ("那顺乌力吉",)),
        ("（许小舟 王小川）", ("许小舟", "王小川")),
        ("许小舟 文/图", ("许小舟",)),
        ("海角县委宣传部 许小舟 王小川", ("许小舟", "王小川")),
        ("文字｜徐视记者 许小舟", ("许小舟",)),
        # photographers
        ("新华社记者 许小舟 王小川 李一帆摄", ()),
        ("（图/王小川 文/许小舟）", ("许小舟",)),
        ("记者 许小舟 文 记者 王川 图 通讯员 李帆", ("许小舟", "李帆")),
        ("记者 许小舟 文 王川 摄", ("许小舟",)),
        ("记者 许小舟 王川 文/图", ("许小舟", "王川")),
        ("记者 许小舟拍摄", ()),
        ("（总台记者李明拍摄）", ()),
    ],
)
def test_all_who_wrote_are_named_and_nobody_else(signature: str, names: tuple[str, ...]) -> None:
    page = read(TIME, last=signature)
    assert page.reporters == names
    assert page.paragraphs[-1] == SENTENCES[1]  # a signature is no text


@pytest.mark.parametrize(
    ("page", "names"),
    [
        # the signature may name more than the byline
        ({"byline": f"{TIME}<p>记者：许小舟</p>", "last": "记者 许小舟 通讯员 李帆"}, ("许小舟", "李帆")),
        ({"byline": f"{TIME}<p>记者：许小舟</p>", "last": "摄像：李帆 记者 王川"}, ("许小舟",)),
        ({"byline": TIME, "first": "海角台记者许小舟、王一川报道："}, ("许小舟", "王一川")),
        # who gave it, and the rest of those at work on it
        ({"byline": "<div>2025-7-1 供稿：许小舟 摄影：王川 录入：admin 审核：李帆</div>"}, ("许小舟",)),
        ({"byline": "<div>2025-7-1 供稿：县发展和改革局</div>"}, ()),
        ({"byline": "<div>2025-7-1 作者：tv_admin</div>"}, ()),
        # what stands below is of others
        ({"byline": TIME, "tail": "<div>作者：山里人　回复日期：2025-7-1 10:11:00</div><p>好事啊。</p>"}, ()),
        ({"byline": TIME, "tail": OTHERS}, ()),
        ({"byline": TIME, "tail": "<p>Copyright 2009 某某网 Powered by DedeCms</p>"}, ()),
    ],
)
def test_names_are_read_where_they_are_the_reports_own(page: dict[str, Any], names: tuple[str, ...]) -> None:
    assert read(**page).reporters == names


@pytest.mark.parametrize(
    ("page", "credit"),
    [
        ({"last": "江岸晚报首席记者 许小舟 王川"}, "江岸晚报"),
        ({"byline": "<div>来源：某某网</div>", "last": "江岸晚报记者 许小舟"}, "某某网"),
        ({"last": "本报记者 许小舟"}, None),
        ({"last": "江岸晚报记者近日来到现场，许多市民正在排队。"}, None),
        ({"last": "（供稿：县发展和改革局）"}, "县发展和改革局"),
        ({"byline": "<p>县粮食局供稿 2025年7月1日 录入：孙</p>"}, "县粮食局"),
        ({"byline": "<div>2025年7月1日 江岸日报 作者：</div>"}, "江岸日报"),
        ({"byline": "<div>《 江岸日报 》（ 2025年7月1日 第 04 版）</div>"}, "江岸日报"),
        ({"byline": "<div>Source: East River Daily | 2025-07-01 15:07 | Editor: Liao Wei</div>"}, "East River Daily"),
        ({"byline": "<div>江岸日报 记者 许小舟 2025年7月1日 09:31</div>"}, "江岸日报"),
        ({"byline": "<div>作者：许小舟　提交日期：2025-7-1 9:31:00</div>"}, None),
        ({"byline": f"<p><a href='/u/1'>江岸日报</a></p>{TIME}"}, "江岸日报"),
        ({"byline": "<div>2025-07-01 09:31 来源: <a href='/u'>江岸晚报官方账号</a></div>"}, "江岸晚报"),
        ({"byline": "<div><b>海角广电</b><i>江苏</i><i>2025-07-01 09:31</i></div>"}, "海角广电"),
        # what is none
        ({"byline": "<div><b>江岸新闻</b><i>2025-07-01 09:31</i><i>来自江苏</i></div>"}, "江岸新闻"),
        ({"byline": f"{TIME}<p>视频加载中… 时长：01:48</p>"}, None),
        ({"byline": f"{TIME}<div>□本报记者 许小舟</div>"}, None),
        ({"byline": f"{TIME}<div>来源：未知 作者：admin</div>"}, None),
        ({"byline": TIME, "tail": OTHERS}, None),
    ],
)
def test_the_credit_of_papers_offices_and_signatures(page: dict[str, Any], credit: str | None) -> None:
    assert read(**page).credit == credit
