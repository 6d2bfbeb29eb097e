"""``anheng model``: which language model writes, where it is, and whether an endpoint elsewhere was agreed to."""

from __future__ import annotations

import typer

from assistant.errors import UsageError
from assistant.terminal import out, running

model = typer.Typer(help="语言模型：用的是哪一个、在哪里，是否同意使用不在本机的端点。", invoke_without_command=True)


@model.callback()
def show(context: typer.Context) -> None:
    """显示语言模型的设置。"""
    if context.invoked_subcommand:
        return
    with running() as services:
        drafting = services.drafting
        out.print(f"语言模型：{drafting.name}", markup=False)
        if not drafting.chosen:
            out.print("接入：设置 ANHENG_LLM__MODEL 和 ANHENG_LLM__BASE_URL（任何 OpenAI 兼容的端点）。", markup=False)
        elif not drafting.local:
            out.print(drafting.warning, markup=False)
            out.print("已同意使用；撤回：anheng model revoke" if drafting.on else "同意使用：anheng model confirm", markup=False)


@model.command()
def confirm(yes: bool = typer.Option(False, "--yes", help="已读过警告，不再询问。")) -> None:
    """同意使用不在本机的端点。"""
    with running() as services:
        drafting = services.drafting
        if not drafting.chosen:
            raise UsageError("还没有设置语言模型，请先设置 ANHENG_LLM__MODEL 和 ANHENG_LLM__BASE_URL。")
        if drafting.local:
            out.print("这个端点在本机，不需要确认。", markup=False)
            return
        out.print(drafting.warning, markup=False)
        if not (yes or typer.confirm("同意使用吗？")):
            raise UsageError("没有确认，仍然不使用这个端点。")
        drafting.confirm()
        out.print(f"已确认：{drafting.name}", markup=False)


@model.command()
def revoke() -> None:
    """撤回同意。"""
    with running() as services:
        services.drafting.confirm(False)
        out.print(f"已撤回：{services.drafting.name}", markup=False)
