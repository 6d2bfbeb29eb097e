"""Traditional characters to simplified ones, by OpenCC's tables. OpenCC is loaded by the first question that needs it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from assistant.search.tokens import HAN

_HAN = re.compile(f"[{HAN}]")


def simplify(text: str, usual: str = "") -> str:
    """重大責任事故罪 → 重大责任事故罪. A text whose characters are all of GB 2312 or ``usual`` comes back as it is."""
    outside = "".join(one for one in _HAN.findall(text) if _outside(one) and one not in usual)
    # A rare character of a simplified text (镕, 喆) is no reason to touch the rest of it: 乾 and 著 are characters there.
    if not outside or _opencc().convert(outside) == outside:
        return text
    return str(_opencc().convert(text))


def _outside(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _opencc() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
