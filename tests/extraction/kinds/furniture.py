"""Furniture: lines that platforms, players and channels leave in an article; sentences of its own that resemble them."""

from tests.extraction.kinds.shells import BRIDGE, LIBRARY, SHELLS, TEA, Page, breaks, paragraphs, spans

_BELOW = {
    "platform": "以上内容为用户上传并发布，本平台仅提供信息存储服务。",
    "platform, special": "特别声明：以上内容(如有图片亦包括在内)为自媒体平台“江畔号”用户上传并发布，本平台仅提供信息存储服务。",
    "platform, view": "声明：该文观点仅代表作者本人，江畔系信息发布平台，江畔仅提供信息存储空间服务。",
    "platform, English": "Notice: The content above (including any pictures) is uploaded and posted by a user of this platform.",
    "author": "本文作者拥有本文版权，未经许可不得转载。",
    "app": "下载“江畔新闻”APP，第一时间看身边的事",
    "app, more": "更多精彩内容请下载江畔新闻客户端",
    "app, open": "打开江畔新闻客户端 查看更多精彩",
    "follow": "欢迎关注“江畔发布”微信公众号",
    "follow, us": "关注我们，获取更多一手资讯",
    "follow, long": "长按二维码，关注江畔视角",
    "first printed": "（本文首发于微信公众号：运河故事，作者授权江畔网转载）",
    "first printed, short": "本文首发于“运河故事”公众号",
    "popular": "【熱門點閱】",
    "popular, list": "▲ 熱門新聞",
    "advert": "广告",
    "advert, bracket": "[广告]",
    "advert, more": "广告 | 点击查看",
    "player": "您的浏览器不支持HTML5播放，请升级浏览器后再试",
    "player, words": "00:00 / 02:13 倍速 高清 全屏",
    "player, load": "视频加载中，请稍候...",
    "player, title": "点击播放视频",
    "gallery": "1/8",
    "gallery, words": "共8张图片",
    "gallery, keys": "点击图片进入下一页",
    "zoom": "点击可查看大图",
    "like": "喜欢此内容的人还喜欢",
    "tip": "新闻热线：0573-00000000 投稿邮箱：news@river.example",
    "report": "我要爆料",
    "copyright": "© 江畔网 版权所有，未经许可禁止转载",
}
_WITHIN = frozenset(
    {"advert", "advert, bracket", "player", "player, words", "gallery", "zoom", "player, load", "app", "popular"}
)
_LIKE = (
    "广告牌后面的老墙终于露了出来，上面还留着五十年代的字迹。",
    "下载了客户端的村民可以在手机上看到书车开到了哪里。",
    "打开客户端就能预约，这对六十岁以上的读者也不难。",
    "关注公众号就能收到提醒，三天之内已经有两千人这样做了。",
    "本文首发时漏写了一位测量员的名字，他叫许安，在桥上干了五年。",
    "声明由四家合作社共同签署，承诺五年之内不用除草剂。",
    "平台只提供场地，运费由买卖双方各出一半。",
    "点击量最高的视频记录了箱梁落位的四十秒。",
    "以上内容由专家逐条念给茶农听，念完再答问题。",
    "视频加载得慢，是因为山里只有一座基站。",
)


def _pages() -> dict[str, Page]:
    found = {}
    for number, (name, line) in enumerate(_BELOW.items()):
        report = (BRIDGE, LIBRARY, TEA)[number % 3]
        layout = (paragraphs, breaks, paragraphs, spans)[number % 4]
        found[f"furniture below, {name}"] = Page(SHELLS[number % 4](layout((*report, line))), report)
        if name in _WITHIN:
            found[f"furniture within, {name}"] = Page(
                SHELLS[(number + 1) % 4](layout((*report[:2], line, *report[2:]))), report
            )
    for number, sentence in enumerate(_LIKE):
        report = (BRIDGE, LIBRARY, TEA)[number % 3]
        body = (*report[:3], sentence, *report[3:])
        found[f"like furniture, {number}"] = Page(SHELLS[number % 4](paragraphs(body)), body)
    return found


PAGES = _pages()
