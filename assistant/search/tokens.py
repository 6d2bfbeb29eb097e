"""Text to tokens for the lexical index: characters and character pairs of Chinese, whole words of everything else.

``第30条 GB 18218`` → ``第 30 条 gb 18218``; ``重大事故`` → ``重 大 事 故 重大 大事 事故``. No dictionary, so no word is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from operator import add

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"

_RUN = re.compile(rf"[{HAN}]+|[a-z0-9]+(?:\.[0-9]+)*")

# What a question asks with, not what it asks about: no text of law answers by repeating 怎么办.
_ASKING = re.compile(
    r"请问|问一下|想问|怎么办|怎么样|怎样|怎么|如何|为什么|为何|什么时候|什么|多少钱|多少|多久|多长|几个|哪些|哪个|哪种|哪里|哪"
    r"|是不是|能不能|可不可以|会不会|要不要|有没有|算不算|是否|谁|[吗呢啊呀](?=\W|$)"
)


def normalize(text: str) -> str:
    """Full-width and compatibility forms made plain, Latin in lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokenize(text: str) -> list[str]:
    """Tokens in no meaningful order; repeated as often as they occur."""
    parts: list[str] = []
    for run in _RUN.findall(normalize(text)):
        if run[0] < "\u3000":
            parts.append(run)
            continue
        parts.extend(run)
        parts.extend(map(add, run, run[1:]))
    return parts


def query_tokens(query: str) -> list[str]:
    """Tokens of what a question is about, its asking words left out unless nothing else remains."""
    return tokenize(_ASKING.sub(" ", normalize(query))) or tokenize(query)


def terms(tokens: list[str]) -> frozenset[str]:
    """The distinct tokens that carry meaning by themselves: pairs and words, single characters only where there is no pair."""
    distinct = frozenset(tokens)
    paired = frozenset(chain.from_iterable(token for token in distinct if len(token) == 2 and token[0] >= "\u3000"))
    return distinct - paired
