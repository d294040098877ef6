"""Query errors in the reader's language: what is wrong with a query, where, and how to write it."""

import re

from indexer.search.query.lexer import QueryError

_REASONS = (
    (r"the quotation mark that opens here is never closed", "引号没有成对，请补上后一个引号"),
    (r"the bracket that opens here is never closed", "括号没有成对，请补上后括号"),
    (r"this bracket closes nothing", "多了一个后括号"),
    (r"there is nothing between these brackets", "括号里没有内容"),
    (r"there is nothing to search for.*", "只有标点，没有可以搜索的词"),
    (r"a word is missing.*", "运算词（OR、NOT、-）前后缺一个词"),
    (r"there are no wildcards.*", "不用通配符：一个词能找到所有包含它的报道"),
    (r"there is no field (\S+?);.*", r"没有“\1”这个字段；如果是正文里的字，请加引号"),
    (r"(\S+): has no value.*", r"“\1:”后面缺一个值"),
    (r"(\S+): has a value of signs alone.*", r"“\1:”后面只有标点"),
    (r"(.) is no operator here.*", r"“\1”在这里不是运算符；如果是正文里的字，请加引号"),
    (r"(\S+) runs backwards.*", r"“\1”前后颠倒：早的写在前面"),
    (r"brackets are nested more than (\d+) deep", r"括号嵌套超过 \1 层"),
    (r"a query has at most ([\d,]+) characters", r"查询最多 \1 个字符"),
    (r"a query has at most (\d+) words", r"查询最多 \1 个词"),
)
TIMES = "时间写作 7d、24h、2w、3mo，或 2026、2026-11、2026-11-24、2026-11-24T08:30"


def in_chinese(error: QueryError) -> str:
    """Say what is wrong with the query and at which character; a wrong time is answered with the forms of times."""
    for pattern, words in _REASONS:
        if found := re.fullmatch(pattern, error.reason, re.DOTALL):
            return f"第 {error.position + 1} 个字符：{found.expand(words)}"
    return f"第 {error.position + 1} 个字符：{TIMES}"
