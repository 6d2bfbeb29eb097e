"""The retriever and the tools against langchain's own standard tests, over the real library."""

from datetime import date

import pytest

pytest.importorskip("langchain_tests", reason="langchain's standard tests are not installed")
from langchain_tests.integration_tests import RetrieversIntegrationTests, ToolsIntegrationTests
from langchain_tests.unit_tests import ToolsUnitTests

from assistant.langchain import LawRetriever, law_tools

pytestmark = pytest.mark.anyio
EXAMPLES = {
    "search_legislation": {"query": "没有焊工证就动火", "limit": 3},
    "get_provision": {"document_id": "刑法", "section": "134-1", "as_of_date": "2026-11-01"},
    "validate_citation": {"citation": "《刑法》第一百三十四条之一"},
    "check_currency": {"document_id": "安全生产法"},
    "ask": {"question": "特种作业无证上岗怎么罚？"},
}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
def tools(services):
    return {tool.name: tool for tool in law_tools(services)}


class TestRetriever(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _given(self, services):
        type(self).services = services

    @property
    def retriever_constructor(self):
        return LawRetriever

    @property
    def retriever_constructor_params(self):
        return {"services": self.services}

    @property
    def retriever_query_example(self):
        return "没有焊工证就动火"

    def test_documents_say_where_they_stand_and_whether_they_hold(self):
        documents = LawRetriever(services=self.services, k=5, on=date(2020, 10, 1)).invoke("现实危险 危险作业罪")
        by_id = {document.id: document for document in documents}
        assert by_id["law/刑法/134-1"].metadata["status"] == "尚未施行"
        assert by_id["law/刑法/134-1"].metadata["effective_from"] == "2021-03-01"
        assert {document.metadata["text_kind"] for document in documents} == {"要旨"}


class OneTool:
    name = ""

    @pytest.fixture(autouse=True)
    def _given(self, tools):
        type(self).made = tools[self.name]

    @property
    def tool_constructor(self):
        return self.made

    @property
    def tool_invoke_params_example(self):
        return EXAMPLES[self.name]


for _name in EXAMPLES:
    for _kind in (ToolsUnitTests, ToolsIntegrationTests):
        _title = f"Test{_name.title().replace('_', '')}{_kind.__name__}"
        globals()[_title] = type(_title, (OneTool, _kind), {"name": _name, "__module__": __name__})


def test_all_tools_are_tried(tools):
    assert list(tools) == list(EXAMPLES)


def test_a_result_is_structured(tools):
    found = tools["get_provision"].invoke(EXAMPLES["get_provision"])
    assert (found["source_id"], found["status"]) == ("law/刑法/134-1", "现行有效")
    assert tools["check_currency"].invoke({"document_id": "煤矿安全监察条例"})["status"] == "已废止"


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("get_provision", {"document_id": "某某法", "section": "1"}, "库中没有《某某法》"),
        ("get_provision", {"section": "1"}, "缺少“document_id”"),
        ("get_provision", {"document_id": "刑法", "section": "134", "as_of_date": "昨天"}, "不是一个日期"),
        ("ask", {"question": " "}, "没有看到问题"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence_for_the_agent(tools, name, arguments, said):
    assert said in tools[name].invoke(arguments)
