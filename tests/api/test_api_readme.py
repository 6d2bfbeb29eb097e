"""What the README shows for programs and agents works as it stands there, but for the port."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest
from api_server import serving, settings
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from outside import ROOT, environment

from assistant.services import Services

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").split("## 给程序和智能体用")[1].split("\n## ")[0]
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", SECTION, re.DOTALL)
COMMANDS = [line for kind, block in BLOCKS if not kind for line in block.strip().splitlines()]


@pytest.fixture(scope="module")
def address(built_home):
    with serving(Services(settings(built_home))) as address:
        yield address


def test_every_endpoint_is_shown():
    assert {path for line in COMMANDS for path in re.findall(r"/api/v1/(\w+)", line)} == {"ask", "search", "law", "check"}


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command(address, command):
    done = subprocess.run(
        command.replace("http://127.0.0.1:7860", f"-s {address}"), shell=True, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    if "stream" in command:
        assert "event: answer" in done.stdout
    else:
        assert "error" not in json.loads(done.stdout)


@asynccontextmanager
async def connected(configured, address, home):
    if "url" in configured:
        async with streamable_http_client(configured["url"].replace("http://127.0.0.1:7860", address)) as (*streams, _):
            yield streams
        return
    assert configured["command"] == "anheng"
    arguments = ["-m", "assistant.cli", *configured["args"]]
    command = StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT, env=environment(home, PYTHONPATH=str(ROOT)))
    async with stdio_client(command) as streams:
        yield streams


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "json"])
def test_the_configuration_of_an_agent(address, built_home, block):
    (configured,) = json.loads(block)["mcpServers"].values()

    async def tools():
        async with connected(configured, address, built_home) as streams, ClientSession(*streams) as session:
            await session.initialize()
            return [tool.name for tool in (await session.list_tools()).tools]

    assert all(f"`{name}`" in SECTION for name in asyncio.run(tools()))


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "python"])
def test_the_program(built_home, block):
    code = f"{block}\nassert len(documents) == 5 and len(tools) == 5, (documents, tools)"
    env = environment(built_home, PYTHONPATH=str(ROOT))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
