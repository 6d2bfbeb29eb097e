"""The tools over MCP, through the package's own client: on standard input and output of the real command, and over HTTP."""

import asyncio
import json
import logging
import signal
import subprocess
import sys
from contextlib import asynccontextmanager

import httpx
import pytest
from api_server import KEY, Slow, serving, settings
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from outside import ROOT, environment

from assistant.api.queue import Queue
from assistant.api.tools import LawServer
from assistant.services import Services

NAMES = ["search_legislation", "get_provision", "validate_citation", "check_currency", "ask"]
REPEALED = "特种作业人员安全技术培训考核管理规定"


@asynccontextmanager
async def over_stdio(home):
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant.cli", "mcp"],
        env=environment(home, PYTHONPATH=str(ROOT)),
        cwd=ROOT,
    )
    async with stdio_client(command) as streams, ClientSession(*streams) as session:
        await session.initialize()
        yield session


@asynccontextmanager
async def over_http(address, key=""):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        httpx.AsyncClient(headers=headers, timeout=60) as client,
        streamable_http_client(f"{address}/mcp", http_client=client) as (reading, writing, _),
        ClientSession(reading, writing) as session,
    ):
        await session.initialize()
        yield session


async def call(session, name, **arguments):
    result = await session.call_tool(name, arguments)
    assert not result.isError, result.content
    assert json.loads(result.content[0].text) == result.structuredContent
    return result.structuredContent


async def sentence(session, name, **arguments):
    result = await session.call_tool(name, arguments)
    assert result.isError
    (content,) = result.content
    assert "Error" not in content.text
    return content.text


async def all_tools(session):
    """Each tool once, and what cannot be answered."""
    tools = (await session.list_tools()).tools
    assert [tool.name for tool in tools] == NAMES
    assert all(tool.description and tool.outputSchema and tool.annotations.readOnlyHint for tool in tools)
    found = await call(session, "search_legislation", query="没有焊工证就动火", limit=3)
    assert len(found["hits"]) == 3
    first = found["hits"][0]
    article = await call(session, "get_provision", document_id=first["law"], section=first["article"])
    assert (article["source_id"], article["text_kind"]) == (first["source_id"], "要旨")
    before = await call(session, "get_provision", document_id="刑法", section="134-1", as_of_date="2020-10-01")
    assert before["status"] == "尚未施行"
    checked = await call(session, "validate_citation", citation=f"《{REPEALED}》第五条、《假想安全法》第三条")
    assert [one["verdict"] for one in checked["findings"]] == ["已废止", "库中无此法"]
    gone = await call(session, "check_currency", document_id=REPEALED)
    assert (gone["in_force"], gone["status"], gone["effective_to"]) == (False, "已废止", "2026-05-31")
    assert gone["superseded_by"]
    then = await call(session, "check_currency", document_id=REPEALED, as_of_date="2026-05-31")
    assert then["in_force"] is True
    answer = await call(session, "ask", question="特种作业无证上岗怎么罚？")
    assert answer["citations"]
    assert "库中没有《某某法》" in await sentence(session, "get_provision", document_id="某某法", section="1")
    assert "第九百条" in await sentence(session, "check_currency", document_id="刑法", section="900")
    assert "不是一个日期" in await sentence(session, "get_provision", document_id="刑法", section="134", as_of_date="昨天")
    assert "缺少“query”" in await sentence(session, "search_legislation")
    assert "没有“delete_law”这个工具" in await sentence(session, "delete_law", law="刑法")


def test_an_agent_on_standard_input_and_output(built_home):
    async def talk():
        async with over_stdio(built_home) as session:
            await all_tools(session)

    asyncio.run(talk())


@pytest.mark.parametrize("key", ["", KEY])
def test_an_agent_over_http(built_home, key):
    async def talk():
        async with over_http(address, key) as session:
            await all_tools(session)

    with serving(Services(settings(built_home, keys=(key,) if key else ()))) as address:
        asyncio.run(talk())


def test_an_agent_that_goes_takes_its_question_with_it(built_home):
    slow = Slow(settings(built_home))
    asked = {"name": "ask", "arguments": {"question": "特种作业无证上岗怎么罚？"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": asked}
    accepted = {"Accept": "application/json, text/event-stream"}

    with serving(slow) as address:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{address}/mcp", json=body, headers=accepted, timeout=httpx.Timeout(10, read=1))
        assert slow.began.acquire(timeout=10)
        assert slow.stopped.acquire(timeout=10)


def test_the_logging_of_the_program_stays_as_it_was(services):
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    LawServer(services, Queue(services.settings.api))
    assert (root.handlers, root.level) == before


def test_a_body_over_the_limit_is_refused(built_home):
    with serving(Services(settings(built_home, max_kb=16))) as address:
        response = httpx.post(f"{address}/mcp", json={"x": "y" * 20_000})
    assert response.status_code == 413


def test_ctrl_c_ends_it_at_once(built_home):
    command = [sys.executable, "-m", "assistant.cli", "mcp"]
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment(built_home, PYTHONPATH=str(ROOT)), **streams) as process:
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "anheng"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == -signal.SIGINT
