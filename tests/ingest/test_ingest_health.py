"""Damage to a text is found where it is, and a whole text has none."""

import re
from pathlib import Path

import pytest

from assistant.ingest.document import Document
from assistant.ingest.health import Damage, check_text
from assistant.ingest.identify import KnownLaws
from assistant.ingest.pipeline import prepare
from assistant.ingest.reader import read

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_official = pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared")

WHOLE = """# 仓库通风条例

<!-- INFO END -->

## 第一章 总则

第一条 库房应当有窗。

第二条 有下列情形之一的，应当开窗：

（一）天晴；

（二）有人在内。

第三条 风力以12级为限，不超过 20 分钟。

第四条 前款规定以外的，依照第二条办理。

第五条 本条例自2024年5月1日起施行。
"""

DAMAGES = [
    ("gap", lambda text: re.sub(r"第三条.*\n", "", text), [(Damage.GAP, "3")]),
    ("two missing at the beginning", lambda text: re.sub(r"第一条(.|\n)*(?=第三条)", "", text), [(Damage.GAP, "1")]),
    ("repeat", lambda text: text.replace("第四条", "第三条 重复的条文。\n\n第四条"), [(Damage.REPEAT, "3")]),
    ("cut", lambda text: text.replace("20 分钟。", "20 分"), [(Damage.CUT, "3")]),
    ("page number alone", lambda text: text.replace("（二）", "17\n\n（二）"), [(Damage.PAGE_NUMBER, "2")]),
    ("page number inside", lambda text: text.replace("应当有窗", "应当 - 3 - 有窗"), [(Damage.PAGE_NUMBER, "1")]),
    ("no articles", lambda text: re.sub(r"第.条 ", "", text), [(Damage.NO_ARTICLES, "")]),
    ("none", lambda text: text, []),
]


def findings(text: str) -> list[tuple[Damage, str]]:
    document, provisions = prepare(Document("x.md", "仓库通风条例", text), "x.md", KnownLaws({}))
    found = check_text(document.title, document.numbering, provisions)
    assert all(finding.law == "仓库通风条例" and str(finding).endswith("。") for finding in found)
    return [(finding.damage, finding.article) for finding in found]


@pytest.mark.parametrize(("name", "damage", "expected"), DAMAGES, ids=[case[0] for case in DAMAGES])
def test_damage_of_each_kind(name: str, damage: object, expected: list[tuple[Damage, str]]) -> None:
    assert findings(damage(WHOLE)) == expected  # type: ignore[operator]


@needs_official
@pytest.mark.official
def test_damage_to_the_criminal_law_is_found_in_the_article_that_has_it() -> None:
    text = read(SHARED / "official" / "刑法" / "刑法.md")

    def check(damaged: str) -> list[tuple[Damage, str]]:
        document, provisions = prepare(Document(text.path_name, text.title, damaged), "刑法.md", KnownLaws({}))
        return [(finding.damage, finding.article) for finding in check_text(document.title, document.numbering, provisions)]

    start = text.text.index("\n第十二条")
    end = text.text.index("\n#", start)
    article = text.text[start:end].rstrip()
    assert check(text.text) == []
    assert check(text.text.replace(article, "")) == [(Damage.GAP, "12")]
    assert check(text.text.replace(article, article.rstrip("。")[:-6])) == [(Damage.CUT, "12")]
    assert check(text.text.replace(article, article[:40] + "\n\n8\n\n" + article[40:])) == [(Damage.PAGE_NUMBER, "12")]
    assert check(text.text.replace(article, article + "\n" + article)) == [(Damage.REPEAT, "12")]
