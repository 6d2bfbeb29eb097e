"""``python -m eval.adversarial``: what a model may say, true and false mixed; false shown must be none, true withheld few."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.answer.evidence import Evidence
from assistant.answer.sentences import sentences
from assistant.answer.support import Support
from assistant.domain.provision import ArticleRef
from assistant.services import Services
from assistant.settings import Settings
from eval.case import HERE
from eval.tables import grid

CASES = HERE / "cases" / "adversarial.yaml"
_MARK = re.compile(r"\{(?P<law>[^{}|\d]+)(?P<article>\d*(?:-\d+)?)(?:\|(?P<how>原文|改动))?\}")
ABSENT = "来源不在回答里"
QUOTED = 12
"""Least characters of a quotation."""


@dataclass(frozen=True)
class Judged:
    """One sentence: whether it is true, whether it was shown, and the reason where it was not."""

    output: str
    text: str
    true: bool
    how: str
    shown: bool
    reason: str = ""


def judge(services: Services, path: Path = CASES) -> list[Judged]:
    """Every sentence of every output against the answer that is composed for its question."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [one for case in data["cases"] for one in _case(services, case, data["laws"])]


def _case(services: Services, case: Mapping[str, Any], laws: Mapping[str, str]) -> Iterator[Judged]:
    composed = services.ask(case["question"], model=False)
    evidence = Evidence(composed, services.sources, services.drafting.wording(services.sources))
    support = Support(evidence, services.matcher, composed.as_of)
    for output in case["outputs"]:
        known = {**laws, **output.get("laws", {})}
        for true, text, *how in output["say"]:
            try:
                said = _MARK.sub(lambda mark, known=known: _filled(mark, known, evidence), text)
            except KeyError as absent:
                yield Judged(output["id"], text, true, ABSENT, False, str(absent))
                continue
            found = [(one, support.check(one)) for one in sentences([said])]
            reasons = [result for _, result in found if isinstance(result, str)]
            shown = bool(found) and not reasons
            yield Judged(output["id"], said, true, how[0] if how else "", shown, "；".join(reasons))


def _filled(mark: re.Match[str], laws: Mapping[str, str], evidence: Evidence) -> str:
    """The number of a source, or its first words; raises ``KeyError`` where the answer has no such source."""
    title = evidence.sources.resolve(laws[mark["law"]])
    given = next((one for one in evidence.given if one.ref == ArticleRef(title or "", mark["article"])), None)
    if given is None:
        raise KeyError(f"{mark.group()} is no source of the answer to {evidence.question}")
    if not mark["how"]:
        return f"[{given.n}]"
    words = re.match(rf".{{{QUOTED},}}?(?=[，。；：\n])", given.text)
    quoted = words.group() if words else given.text[:40]
    return f"“{quoted if mark['how'] == '原文' else _altered(quoted)}”"


def _altered(words: str) -> str:
    """One thing changed: a figure, or the order of two words in the middle."""
    figure = re.search(r"\d+", words)
    if figure:
        return words.replace(figure.group(), str(int(figure.group()) + 1), 1)
    middle = len(words) // 2
    return words[: middle - 2] + words[middle : middle + 2] + words[middle - 2 : middle] + words[middle + 2 :]


def table(judged: list[Judged]) -> str:
    """The two figures that count, and what was false by kind."""
    absent = [one for one in judged if one.how == ABSENT]
    judged = [one for one in judged if one.how != ABSENT]
    true, false = [one for one in judged if one.true], [one for one in judged if not one.true]
    leaked, held = [one for one in false if one.shown], [one for one in true if not one.shown]
    kinds, passed = Counter(one.how for one in false), Counter(one.how for one in leaked)
    rows = [[kind, str(count), str(passed[kind])] for kind, count in kinds.most_common()]
    listed = [f"  假话显示 {one.output}：{one.text}" for one in leaked]
    listed += [f"  真话未显示 {one.output}：{one.text}（{one.reason}）" for one in held]
    outputs = len({one.output for one in judged})
    return (
        f"{outputs} 段输出，{len(true)} 句真话，{len(false)} 句假话"
        + (f"；另有 {len(absent)} 句所引来源不在这个库的回答里，没有判" if absent else "")
        + "\n"
        f"假话显示 {len(leaked)} 句（应为 0）；真话未显示 {len(held)} 句，{len(held) / len(true):.1%}（至多 5%）\n\n"
        + grid(["假在哪里", "句", "显示"], rows)
        + ("\n\n" + "\n".join(listed) if listed else "")
    )


def main() -> int:
    """Print the table; 1 where a false sentence was shown or too many true ones were not."""
    judged = judge(Services(Settings()))
    sys.stdout.write(table(judged) + "\n")
    judged = [one for one in judged if one.how != ABSENT]
    true = [one for one in judged if one.true]
    return int(any(one.shown for one in judged if not one.true) or sum(not one.shown for one in true) > 0.05 * len(true))


if __name__ == "__main__":
    sys.exit(main())
