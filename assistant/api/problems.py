"""From an error to a status code and one sentence. What nobody foresaw goes to the log with its trace, and to nobody else."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from assistant import errors

log = logging.getLogger(__name__)
FAULT = "程序内部出错，已记录；请换个说法重试，仍不行请查看服务器日志。"
_CODES: tuple[tuple[type[errors.AnHengError], int], ...] = (
    (errors.QuestionTooLong, 413),
    (errors.BadModel, 503),
    (errors.UsageError, 400),
    (errors.NotFound, 404),
    (errors.TooMany, 429),
    (errors.Busy, 503),
    (errors.ServiceAway, 503),
    (errors.HomeBusy, 503),
    (errors.IndexDamaged, 503),
    (errors.Cancelled, 499),
)
"""The first that fits; 499 is seen by nobody: its client has gone."""
STATUSES = {400: "参数有误", 401: "缺少密钥或密钥不对", 404: "库中没有", 413: "太长", 429: "您的请求太多", 503: "暂时忙或不可用"}


def code_of(error: BaseException) -> int:
    """HTTP status of an error."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), 500)


def told(error: BaseException) -> str:
    """The sentence for whoever asked."""
    if isinstance(error, errors.AnHengError):
        return str(error)
    if isinstance(error, ValidationError):
        return misread(error.errors())
    log.error("the API met an error that nobody foresaw", exc_info=error)
    return FAULT


def misread(found: Sequence[Mapping[str, Any]]) -> str:
    """The first thing wrong with a request, in words."""
    first = found[0]
    kind, place = str(first["type"]), list(first["loc"])
    if place[:1] == ["body"] or (place[:1] == ["query"] and len(place) > 1):  # where it stood, not what it is called
        del place[0]
    name = ".".join(map(str, place)) or "请求内容"
    limits = first.get("ctx", {})
    if kind == "json_invalid":
        return "请求内容不是合规的 JSON，请检查后重试。"
    if kind == "missing":
        return (
            f"缺少“{name}”，请补上后重试。"
            if place
            else "请求内容是空的，请以 JSON 发送，并注明 Content-Type: application/json。"
        )
    if kind == "extra_forbidden":
        return f"没有“{name}”这个参数，请去掉或者核对写法。"
    if kind == "half_a_character":
        return f"“{name}”里有不成字的编码，请重新输入后重试。"
    if kind.startswith("date"):
        return f"“{name}”不是一个日期，请写成 2021-03-01 的样子。"
    if kind in {"string_too_long", "too_long"}:
        return f"“{name}”太长，最多{limits.get('max_length')}{'字' if kind.startswith('string') else '项'}。"
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"“{name}”应当{'不小于' if 'ge' in limits else '不大于'}{limits.get('ge', limits.get('le'))}。"
    if kind == "model_attributes_type":
        return "请求内容应当是一个 JSON 对象，并注明 Content-Type: application/json。"
    return f"“{name}”的写法不对，请对照 /api/docs 改正后重试。"
