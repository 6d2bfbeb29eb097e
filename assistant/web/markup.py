"""Our own markup inside Gradio: one component, whose clicks are events with their data."""

from __future__ import annotations

from typing import Any

import gradio as gr

CLICKS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (!button || !element.contains(button) || event.target.closest('[data-do]')) return;
  if (button.dataset.act === 'agree' && !confirm(button.dataset.warning + '\\n\\n同意使用吗？')) return;
  if (button.dataset.act === 'drop' && !confirm('删除这次咨询？删除后不能恢复。')) return;
  if (button.dataset.confirm && !confirm(button.dataset.confirm)) return;
  const form = button.closest('form');
  trigger(button.dataset.act, {...button.dataset, ...(form ? Object.fromEntries(new FormData(form)) : {})});
});
/* events: %s */
"""
"""A click on an element with ``data-act`` is that event, with its ``data-`` values and its form."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of every event: the page shows itself that it works, and none is an endpoint for others."""

KINDS = {
    "case": "案例",
    "practice": "做法",
    "policy": "政策",
    "misconception": "辨误",
    "offence": "罪名",
    "circumstance": "情节",
    "procedure": "程序",
    "evidence": "证据",
    "duty": "义务",
    "material": "您的材料",
}
"""Kinds of records and what they are called on a card."""


def kind_name(kind: str) -> str:
    """What a record of any kind is called on a card."""
    return KINDS.get(kind, "知识库")


def html(events: str = "", more: str = "", **options: Any) -> gr.HTML:
    """A component of our own markup, with ``more`` script. Gradio takes the names of its events from quoted words in the script."""
    names = " ".join(f"'{name}'" for name in events.split())
    return gr.HTML(js_on_load=CLICKS % names + more if events else None, apply_default_css=False, **options)
