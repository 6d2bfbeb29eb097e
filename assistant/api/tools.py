"""The tools over MCP: on standard input and output for one agent, and at ``/mcp`` beside the page."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from assistant.api.guard import hosts
from assistant.api.problems import told
from assistant.api.queue import Queue
from assistant.api.toolbox import NAMES, Toolbox, purpose
from assistant.services import Services

INSTRUCTIONS = (
    "中国安全生产领域的法律工具。引用法律前先用 get_provision 取条文、用 check_currency 查效力，写完用 validate_citation 核验；"
    "只引用返回的内容：text_kind 为“要旨”的不是原文，不要加引号当作原文；status 不是“现行有效”的要照实说明；"
    "返回错误时说明库中没有，不要凭记忆补写。"
)
AGENT = "agent"


class LawServer(FastMCP[None]):
    """An MCP server whose errors are one sentence each."""

    def __init__(self, services: Services, queue: Queue) -> None:
        names = [f"[{name}]" if ":" in name else name for name in hosts(services.settings)]
        root = logging.getLogger()
        kept, level = root.handlers[:], root.level
        super().__init__(
            "anheng",
            INSTRUCTIONS,
            log_level="WARNING",
            stateless_http=True,  # no user's state is kept between calls, and a client that goes takes its call with it
            max_request_body_size=services.settings.api.max_kb * 1024,
            transport_security=TransportSecuritySettings(
                allowed_hosts=[form for name in names for form in (name, f"{name}:*")],
                allowed_origins=[
                    form for name in names for s in ("http", "https") for form in (f"{s}://{name}", f"{s}://{name}:*")
                ],
            ),
        )
        root.handlers[:], root.level = kept, level  # the package sets up logging for the whole program
        self._services, self._queue = services, queue
        for name in NAMES:
            tool = getattr(Toolbox(services), name)
            hints = ToolAnnotations(readOnlyHint=True, openWorldHint=False)
            self.add_tool(self._queued(name, tool), name, description=purpose(tool), annotations=hints)

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> Any:
        """The result of a tool, or the sentence that says why there is none."""
        try:
            return await super().call_tool(name, arguments)
        except ToolError as error:
            known = name in NAMES
            sentence = told(error.__cause__ or error) if known else f"没有“{name[:40]}”这个工具，有的是：{'、'.join(NAMES)}。"
            return CallToolResult(content=[TextContent(type="text", text=sentence)], isError=True)

    def _queued(self, name: str, tool: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(tool)
        async def run(**arguments: Any) -> Any:
            job = lambda stop: getattr(Toolbox(self._services, stop), name)(**arguments)  # noqa: E731
            return await self._queue.submit(job, self._client())

        return run

    def _client(self) -> str:
        request = self.get_context().request_context.request
        return str(request.state.client) if request else AGENT
