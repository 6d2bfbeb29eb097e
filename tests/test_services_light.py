"""From nothing to a first answer with the default model: no torch, no connection to anywhere."""

import os
import subprocess
import sys

FIRST = """
import socket, sys
def refuse(*arguments, **named):
    raise AssertionError(f"reached for {arguments}")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
import assistant.cli
from assistant.services import Services
from assistant.settings import Settings
services = Services(Settings())
answer = services.ask("没有焊工证在商场动火，烧死两个人，怎么定罪？")
assert answer.citations
assert services.search("老板瞒着不报", 5, "provision")
ranking = services.retriever._ranking
assert ranking.there and "_session" in vars(ranking), "the learned ranking was not used"
heavy = {"torch", "sentence_transformers", "transformers", "lightgbm", "gradio", "fastapi", "mcp", "langchain_core", "openai"} & set(sys.modules)
assert not heavy, heavy
"""


def test_a_first_answer_needs_no_torch_and_no_network(tmp_path):
    env = os.environ | {"ANHENG_HOME": str(tmp_path), "ANONYMIZED_TELEMETRY": "False"}
    ran = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, env=env)
    assert ran.returncode == 0, ran.stderr[-2000:]


LECTURE = """
import sys
import assistant.cli, assistant.cli_lecture_kept
from assistant.errors import BadModel
from assistant.services import Services
from assistant.settings import Settings
services = Services(Settings())
made = services.lecturing.build(services.lecturing.outline("动火作业", "班组工人", 15))
services.lecturing.file(made, "script")
try:
    services.lecturing.smooth(made, services.drafting)
except BadModel:
    pass
heavy = {"torch", "chromadb", "gradio", "langchain_core", "langchain_openai", "openai", "assistant.documents.lecture_smooth"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


def test_a_lecture_without_a_model_loads_nothing_of_one(tmp_path):
    env = os.environ | {"ANHENG_HOME": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", LECTURE], capture_output=True, text=True, env=env)
    assert ran.returncode == 0, ran.stderr[-2000:]
