"""An example of each shape, for the OpenAPI document and its page. No ``null`` in them: the document would lose it."""

from __future__ import annotations

from typing import Any

PROBLEM: dict[str, Any] = {"error": "库中没有《某某法》，请核对名称，或者用 anheng import 导入它的官方文本。"}

ANSWERED: dict[str, Any] = {
    "question": "特种作业无证上岗怎么罚？",
    "status": "answered",
    "behavior": "answer",
    "as_of": "2026-11-01",
    "answer_markdown": "## 结论\n\n- …〔1〕",
    "claims": [{"text": "…", "kind": "结论", "citations": [1]}],
    "citations": [
        {
            "n": 1,
            "source_id": "law/安全生产法/97",
            "kind": "provision",
            "title": "《安全生产法》第九十七条",
            "law": "安全生产法",
            "doc_no": "",
            "article": "97",
            "quote": "…",
            "text_kind": "要旨",
            "effective_from": "2021-09-01",
            "status": "现行有效",
            "url": "",
            "note": "",
        }
    ],
    "withheld": [],
    "warnings": [],
    "library_date": "2026-11-01",
    "topics": [],
}

QUESTION: dict[str, Any] = {"question": "关闭瓦斯监控没出事，能定什么罪？", "on": "2020-10-01", "stream": False}

FOUND: dict[str, Any] = {
    "query": "没有焊工证就动火",
    "as_of": "2026-11-01",
    "note": "",
    "hits": [
        {
            "source_id": "law/特种作业人员安全技术培训考核管理规定/5",
            "kind": "provision",
            "title": "《特种作业人员安全技术培训考核管理规定》第五条",
            "law": "特种作业人员安全技术培训考核管理规定",
            "article": "5",
            "text": "…",
            "text_kind": "要旨",
            "status": "已废止",
            "effective_from": "2010-07-01",
            "effective_to": "2026-05-31",
            "score": 0.81,
        }
    ],
}

ARTICLE: dict[str, Any] = {
    "source_id": "law/特种作业人员安全技术培训考核管理规定/5",
    "title": "《特种作业人员安全技术培训考核管理规定》第五条",
    "law": "特种作业人员安全技术培训考核管理规定",
    "doc_no": "国家安全生产监督管理总局令第30号",
    "article": "5",
    "text": "…",
    "text_kind": "要旨",
    "standing": "当日已经失效",
    "status": "已废止",
    "as_of": "2026-11-01",
    "effective_from": "2010-07-01",
    "effective_to": "2026-05-31",
    "superseded_by": "特种作业人员安全技术培训考核管理规定（应急管理部令第19号）",
    "warnings": ["…已经废止，由…代替，不能当作现行有效的法律引用。", "这里是要旨，不是原文；逐字引用请先导入官方文本。"],
    "note": "…",
    "url": "",
    "cited_by": [],
    "cites": [{"source_id": "law/安全生产法/30", "law": "安全生产法", "article": "30"}],
}

TEXT: dict[str, Any] = {"text": "依照《刑法》第一百三十四条之一第一款的规定……", "on": "2026-11-01"}

CHECKED: dict[str, Any] = {
    "as_of": "2026-11-01",
    "all_right": False,
    "findings": [
        {
            "surface": "《刑法》第一百三十四条之一第一款第九项",
            "start": 2,
            "end": 21,
            "law": "刑法",
            "article": "134-1",
            "article_to": "",
            "paragraph": 1,
            "item": 9,
            "verdict": "条号有误",
            "right": "",
            "why": "…",
            "source_id": "",
        }
    ],
}
