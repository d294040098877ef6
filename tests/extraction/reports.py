"""What the pages of these tests are about: reports made up for them."""

from tests.extraction.layouts import Report

PARAGRAPHS = (
    "某某网合肥7月1日电（记者 王小明 李大山）为推动长三角地区科技创新跨区域协同，三省一市近日签约共建创新联合体。",
    "记者在现场看到，示范区内的同步辐射平台已经投入使用，将为半导体、新材料等领域的关键核心技术攻关提供重要支撑，首批服务企业超过四十家。",
    "示范区执委会 副主任 赵一鸣",
    "“我们把产学研用深度融合的体系打造得更大，面向全国集聚创新资源，让更多成果在这里落地。”赵一鸣说，下一步还将开放更多大型科学仪器。",
    "据介绍，长三角（上海、江苏、浙江、安徽）区域协同创新指数连续七年提高，G60科创走廊(G60)的人工智能(AI)企业数量占全国三分之一，下半年还将发布新的行动方案。",
    "下一步，三省一市将继续推进规则衔接、平台共用和人才互认，为一体化高质量发展提供更多可以复制的经验。",
)
SHORT = ("据铁路部门消息，沪苏湖铁路今日开通运营，上海至湖州最快55分钟可达，长三角铁路网又添一条新通道。",)

REPORT = Report("长三角三省一市共建创新联合体", "2025-07-01 09:31 来源：某某新闻联播", PARAGRAPHS)
BODY = "\n".join(PARAGRAPHS)

_READINGS = {
    "推动": "tuīdòng",
    "科技": "kējì",
    "创新": "chuàngxīn",
    "近日": "jìnrì",
    "平台": "píngtái",
    "企业": "qǐyè",
    "下一步": "xiàyíbù",
}


def glossed(text: str) -> str:
    """Return the text with a pinyin reading after some of its words, as republishers write it."""
    for word, reading in _READINGS.items():
        text = text.replace(word, f"{word}({reading})", 1)
    return text
