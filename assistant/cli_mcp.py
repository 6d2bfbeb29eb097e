"""``anheng mcp``: the tools for an agent, on standard input and output."""

from __future__ import annotations

import signal

from assistant.terminal import running


def mcp() -> None:
    """作为 MCP 服务器运行（stdio），供其他智能体查法条、核引用；由智能体启动，不必手工运行。"""
    from assistant.api.queue import Queue
    from assistant.api.tools import LawServer

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # reading standard input would hold Ctrl-C up until the next line
    with running() as services:
        one_at_a_time = services.settings.api.model_copy(update={"at_once": 1})  # the first call opens or builds the index
        LawServer(services, Queue(one_at_a_time)).run("stdio")
