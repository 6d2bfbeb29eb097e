"""引用核验 as HTML: how many of which verdict, the text with its references marked, and each with its reason."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from assistant.domain.check import Finding, Verdict

_CLASSES = {Verdict.RIGHT: "right", Verdict.UNDECIDED: "undecided"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def checked(text: str, findings: Sequence[Finding], word: bytes) -> str:
    """The whole result; ``word`` is the copy with comments, offered beside it."""
    if not findings:
        return '<p class="faint">没有找到带条号的法律引用。写明法名和条号的引用才能核验，例如《安全生产法》第一百一十四条。</p>'
    return f"{_counts(findings)}{_links(findings, word)}{_table(findings)}<h3>标注后的原文</h3>{_marked(text, findings)}"


def progress(what: str, done: int, total: int) -> str:
    """How far it is."""
    said = f"正在{what}：{done} / {total} 处引用……" if total else "正在找出引用……"
    return f'<div class="working"><p class="said" role="status">{said}</p><progress value="{done}" max="{total or 1}"></progress></div>'


def _counts(findings: Sequence[Finding]) -> str:
    count = Counter(finding.verdict for finding in findings)
    bars = "".join(
        f'<i class="{_kind(verdict)}" style="flex:{count[verdict]}"></i>' for verdict in reversed(Verdict) if count[verdict]
    )
    said = " · ".join(f"{verdict.value} {count[verdict]}" for verdict in reversed(Verdict) if count[verdict])
    return f'<div class="tally" role="img" aria-label="{said}">{bars}</div><p class="said">共 {len(findings)} 处引用：{said}</p>'


def _links(findings: Sequence[Finding], word: bytes) -> str:
    rows = json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1).encode()
    return (
        f'<p class="links"><a download="核验结果.docx" href="data:{_WORD};base64,{_coded(word)}">下载带批注的 Word</a>'
        f'<a download="核验结果.json" href="data:application/json;base64,{_coded(rows)}">下载 JSON</a></p>'
    )


def _table(findings: Sequence[Finding]) -> str:
    rows = "".join(_row(finding) for finding in findings if finding.verdict is not Verdict.RIGHT)
    if not rows:
        return '<p class="said">逐处核对，均与库中条文一致。</p>'
    return f'<table class="findings"><thead><tr><th>结论</th><th>引用</th><th>说明</th></tr></thead><tbody>{rows}</tbody></table>'


def _row(finding: Finding) -> str:
    right = f"<br>应为：{escape(finding.right)}" if finding.right and finding.right not in finding.why else ""
    return (
        f'<tr><td><span class="verdict {_kind(finding.verdict)}">{finding.verdict.value}</span></td>'
        f"<td>{escape(finding.surface)}</td><td>{escape(finding.why)}{right}{_opens(finding)}</td></tr>"
    )


def _opens(finding: Finding) -> str:
    if not finding.source_id:
        return ""
    return f' <button type="button" data-act="read" data-source="{escape(finding.source_id)}">看条文</button>'


def _marked(text: str, findings: Sequence[Finding]) -> str:
    """The text itself; a reference opens its article, what differs from it is underlined."""
    edges = sorted({0, len(text), *(at for one in findings for at in (one.start, one.end)), *_mark_edges(findings)})
    parts = []
    for low, high in pairwise(edges):
        inside = next((one for one in findings if one.start <= low and high <= one.end), None)
        wrong = any(start <= low and high <= end for one in findings for start, end in one.marks)
        words = f"<u>{escape(text[low:high])}</u>" if wrong else escape(text[low:high])
        parts.append(_reference(inside, words) if inside else words)
    return f'<div class="checked">{"".join(parts)}</div>'


def _mark_edges(findings: Sequence[Finding]) -> set[int]:
    return {at for one in findings for mark in one.marks for at in mark}


def _reference(finding: Finding, words: str) -> str:
    tip = f"{finding.verdict.value}。{finding.why}" if finding.why else finding.verdict.value
    opens = f'data-act="read" data-source="{escape(finding.source_id)}"' if finding.source_id else ""
    return f'<button type="button" class="ref {_kind(finding.verdict)}" title="{escape(tip)}" {opens}>{words}</button>'


def _kind(verdict: Verdict) -> str:
    return _CLASSES.get(verdict, "wrong")


def _coded(content: bytes) -> str:
    return base64.b64encode(content).decode()
