"""Conversations as HTML: the list of past ones with their menus, what a search of them found, what a turn can be made of."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape

from assistant.answer.render import understood
from assistant.domain.answer import Answer
from assistant.store.repository import Conversation
from assistant.store.talks import LONGEST, Match
from assistant.web.state import Exchange, Talk

_NO_FILE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What no file's name may hold."""


def history(conversations: Iterable[Conversation], current: str, now: datetime) -> str:
    """Past conversations: 今天, 本周, 更早. ``now`` carries the reader's zone; the stored times are UTC."""
    groups: dict[str, list[str]] = {}
    for conversation in conversations:
        groups.setdefault(_age(conversation.updated, now), []).append(_past(conversation, current))
    if not groups:
        return '<p class="faint">问过的会留在这里，只在这个浏览器里看得到。</p>'
    order = [name for name in ("今天", "本周", "更早") if name in groups]
    return "".join(f'<h2>{name}</h2><ul class="past">{"".join(groups[name])}</ul>' for name in order)


def _age(moment: datetime, now: datetime) -> str:
    day = (moment + (now.utcoffset() or timedelta())).date()
    monday = now.date() - timedelta(days=now.weekday())
    if day >= now.date():
        return "今天"
    return "本周" if day >= monday else "更早"


def found(matches: Sequence[Match], query: str) -> str:
    """The conversations in which the words of ``query`` are, each with the line that holds them; empty without a query."""
    words = query.split()
    if not words:
        return ""
    if not matches:
        return '<p class="faint found" role="status">没有找到这样的咨询。</p>'
    items = "".join(_past(match.conversation, "", _marked(match.excerpt, words)) for match in matches)
    return f'<h2 class="found" role="status">找到 {len(matches)} 个咨询</h2><ul class="past">{items}</ul>'


def _past(conversation: Conversation, current: str, line: str = "") -> str:
    title, key = escape(conversation.title), escape(conversation.id)
    here = ' aria-current="true"' if conversation.id == current else ""
    below = f"<small>{line}</small>" if line else ""
    return (
        f'<li><button type="button" class="open" data-act="open" data-id="{key}" title="{title}"{here}>{title}{below}</button>'
        f'<details class="menu"><summary aria-label="操作：{title}" title="操作">⋯</summary><div>'
        '<button type="button" data-do="rename">改名</button>'
        f'<button type="button" data-act="word" data-id="{key}">导出 Word</button>'
        f'<button type="button" data-act="markdown" data-id="{key}">导出 Markdown</button>'
        f'<button type="button" class="drop" data-act="drop" data-id="{key}">删除</button></div></details>'
        f'<form class="rename" hidden><input name="title" value="{title}" maxlength="{LONGEST}" aria-label="新的名称">'
        f'<button type="submit" data-act="rename" data-id="{key}">保存</button></form></li>'
    )


def _marked(line: str, words: Sequence[str]) -> str:
    """A line with every one of the words marked."""
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    parts, at = [], 0
    for hit in pattern.finditer(line):
        parts.append(f"{escape(line[at : hit.start()])}<mark>{escape(hit.group())}</mark>")
        at = hit.end()
    return "".join(parts) + escape(line[at:])


def tools(exchange: Exchange) -> str:
    """What a question that was answered can be made of."""
    turn = f'data-turn="{escape(exchange.id)}"'
    return (
        f'<div class="remake"><button type="button" data-act="edit" {turn}>改问</button>'
        f'<button type="button" data-act="again" {turn}>重答</button>'
        f'<button type="button" data-act="branch" {turn}>从这里另起</button></div>'
    )


def taken(result: Answer) -> str:
    """How a later turn was taken, in one quiet line."""
    told = understood(result)
    return f'<p class="taken">{escape(told)}</p>' if told else ""


def anew(state: Talk) -> str:
    """Above the box while it holds a former question: what sending it replaces."""
    if not state.anew or len(state.before) == len(state.exchanges):
        return ""
    place, later = len(state.before) + 1, 0 if state.later_stay else sum(1 for one in state.exchanges if one.answer)
    goes = f"，它后面的 {later - place} 问会一并去掉" if later > place else ""
    return (
        f'<p class="anew" role="status">正在改第 {place} 问：有了新的回答才会替换{goes}。'
        '<button type="button" data-act="unedit">取消</button></p>'
    )


def download(name: str, kind: str, content: bytes, once: str) -> str:
    """A file for the reader, in the page itself: nothing of it stays on the server. The script follows the link."""
    title = _NO_FILE.sub(" ", name).strip(" .")[:80] or "咨询"
    suffix, mime = _KINDS[kind]
    data = base64.b64encode(content).decode()
    return (
        f'<a data-once="{escape(once)}" download="{escape(title)}.{suffix}" href="data:{mime};base64,{data}">{escape(title)}</a>'
    )


_KINDS = {
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pptx": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "pdf": ("pdf", "application/pdf"),
    "packet": ("anheng", "application/octet-stream"),
    "markdown": ("md", "text/markdown;charset=utf-8"),
    "csv": ("csv", "text/csv;charset=utf-8"),
}
