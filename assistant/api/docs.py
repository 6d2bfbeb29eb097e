"""The endpoints as a plain page, from the OpenAPI document. It loads nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = (
    "body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.6}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "pre{background:#f5f5f5;padding:.6rem;overflow:auto}code{white-space:nowrap}"
)


def page(document: Mapping[str, Any]) -> str:
    """HTML of an OpenAPI document."""
    info, shapes = document["info"], document["components"]["schemas"]
    parts = [
        f"<h1>{escape(info['title'])} 接口 {escape(info['version'])}</h1><p>{escape(info['description'])}</p>",
        '<p>机器可读的说明：<a href="/api/openapi.json">/api/openapi.json</a>。智能体用 MCP：<code>/mcp</code>。'
        "设置了密钥时，请求头写 <code>Authorization: Bearer 密钥</code>。</p>",
    ]
    for path, methods in document["paths"].items():
        for method, job in methods.items():
            parts.append(f"<h2><code>{method.upper()} /api{escape(path)}</code> {escape(job['summary'])}</h2>")
            parts += _job(job, shapes)
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(info["title"])} 接口</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )


def _job(job: Mapping[str, Any], shapes: Mapping[str, Any]) -> Iterator[str]:
    if parameters := job.get("parameters"):
        yield _table([(one["name"], one["required"], one["description"]) for one in parameters])
    if body := job.get("requestBody"):
        shape = _shape(body["content"]["application/json"]["schema"], shapes)
        needed = shape.get("required", [])
        yield _table([(name, name in needed, one.get("description", "")) for name, one in shape["properties"].items()])
        yield f"<p>例：</p>{_json(shape['example'])}"
    answer = _shape(job["responses"]["200"]["content"]["application/json"]["schema"], shapes)
    yield f"<p>返回：</p>{_json(answer['example'])}"
    others = "；".join(f"{code} {one['description']}" for code, one in job["responses"].items() if code != "200")
    yield f"<p>{escape(others)}</p>"


def _shape(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = shapes[schema["$ref"].rpartition("/")[2]]
    return found


def _table(rows: list[tuple[str, bool, Any]]) -> str:
    lines = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{'必填' if needed else ''}</td><td>{escape(str(said))}</td></tr>"
        for name, needed, said in rows
    )
    return f"<table><tr><th>参数</th><th></th><th>说明</th></tr>{lines}</table>"


def _json(value: Any) -> str:
    return f"<pre>{escape(json.dumps(value, ensure_ascii=False, indent=2))}</pre>"
