"""The interface over real HTTP, on the page's own server, over the real library."""

import json
import re
from urllib.parse import urlsplit

import httpx
import jsonschema
import pytest
from api_server import Broken, serving, settings

from assistant.services import Services

REPEALED = "特种作业人员安全技术培训考核管理规定"
OWN = "某某安全试验规定\n\n第一条 违反《安全生产法》第一百一十四条和本规定第二条的，停止试验。\n第二条 试验由两人进行。\n"


@pytest.fixture(scope="module")
def api(built_home):
    with serving(Services(settings(built_home))) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def events(response):
    """Events of a stream, as (name, data)."""
    for block in response.read().decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            yield fields["event"], json.loads(fields["data"])


def refused(response, status, *said):
    assert response.status_code == status, response.text
    assert list(response.json()) == ["error"]
    sentence = response.json()["error"]
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    assert all(word in sentence for word in said), sentence


class TestAsk:
    def test_an_answer_with_citations_that_open(self, api):
        answer = api.post("/api/v1/ask", json={"question": "特种作业无证上岗怎么罚？"}).json()
        assert answer["status"] == "answered"
        numbers = {citation["n"] for citation in answer["citations"]}
        assert numbers
        assert all(set(claim["citations"]) <= numbers for claim in answer["claims"])
        cited = next(c for c in answer["citations"] if c["kind"] == "provision")
        opened = api.get("/api/v1/law", params={"law": cited["law"], "article": cited["article"]}).json()
        assert opened["source_id"] == cited["source_id"]
        assert cited["quote"] in opened["text"]

    def test_the_law_of_the_day(self, api):
        asked = {"question": "关闭瓦斯监控没出事，能定什么罪？", "on": "2020-10-01"}
        answer = api.post("/api/v1/ask", json=asked).json()
        assert answer["as_of"] == "2020-10-01"

    def test_a_follow_up_starts_from_the_answers_given_back(self, api):
        first = api.post("/api/v1/ask", json={"question": "死亡三人的重大责任事故怎么判？"}).json()
        then = {"question": "那重伤两人呢？"}
        alone, after = (api.post("/api/v1/ask", json=then | {"history": before}).json() for before in ([], [first]))
        assert alone["status"] == "out_of_scope"
        assert after["status"] == "answered"
        assert "重大责任事故" in after["answer_markdown"]

    def test_a_stream_gives_the_sentences_and_then_the_same_answer(self, api):
        asked = {"question": "特种作业无证上岗怎么罚？"}
        whole = api.post("/api/v1/ask", json=asked).json()
        with api.stream("POST", "/api/v1/ask", json=asked | {"stream": True}) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            got = list(events(response))
        assert [name for name, _ in got] == ["claim"] * len(whole["claims"]) + ["answer"]
        assert [data for _, data in got] == [*whole["claims"], whole]

    @pytest.mark.parametrize(
        ("body", "status", "said"),
        [
            ({"question": "  "}, 400, "没有看到问题"),
            ({"question": "重" * 5001}, 413, "5000字"),
            ({"question": "重" * 400_000}, 413, "1024KB"),
            ({}, 400, "缺少“question”"),
            ({"question": "怎么罚？", "on": "昨天"}, 400, "“on”不是一个日期"),
            ({"question": "怎么罚？", "now": 1}, 400, "没有“now”这个参数"),
            ({"question": "怎么罚？", "history": [{"question": "x"}]}, 400, "history.0"),
            ([1], 400, "JSON 对象"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, api, body, status, said):
        refused(api.post("/api/v1/ask", json=body), status, said)

    def test_a_stream_that_cannot_begin_is_refused_by_its_status(self, api):
        refused(api.post("/api/v1/ask", json={"question": "", "stream": True}), 400, "没有看到问题")

    def test_a_history_that_this_program_did_not_write(self, api):
        first = api.post("/api/v1/ask", json={"question": "死亡三人的重大责任事故怎么判？"}).json()
        refused(api.post("/api/v1/ask", json={"question": "那呢？", "history": [first | {"status": "sure"}]}), 400, "history")

    @pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"", b"[" * 100_000, b'{"question": "\\ud800"}'])
    def test_what_is_no_json_or_no_text(self, api, body):
        refused(api.post("/api/v1/ask", content=body, headers={"content-type": "application/json"}), 400)

    def test_a_body_without_a_length_stops_at_the_limit(self, api):
        parts = (b"x" * 65536 for _ in range(64))
        refused(api.post("/api/v1/ask", content=parts, headers={"content-type": "application/json"}), 413, "1024KB")


class TestLookUps:
    def test_search_says_validity_and_kind_of_text(self, api):
        found = api.get("/api/v1/search", params={"query": "没有焊工证就动火", "k": 5}).json()
        assert len(found["hits"]) == 5
        assert {hit["kind"] for hit in found["hits"]} == {"provision"}
        assert {hit["text_kind"] for hit in found["hits"]} == {"要旨"}
        assert all(hit["status"] and hit["title"].startswith("《") for hit in found["hits"])

    def test_search_of_all_kinds_claims_no_validity_for_records(self, api):
        found = api.get("/api/v1/search", params={"query": "瞒报事故", "k": 20, "kind": "all"}).json()["hits"]
        records = [hit for hit in found if hit["kind"] != "provision"]
        assert records
        assert {(hit["status"], hit["text_kind"]) for hit in records} == {("", "要旨")}

    def test_an_article_on_a_day(self, api):
        asked = {"law": "刑法", "article": "第一百三十四条之一"}
        now, before = (api.get("/api/v1/law", params=asked | on).json() for on in ({}, {"on": "2020-10-01"}))
        assert (now["title"], now["status"], now["effective_from"]) == ("《刑法》第一百三十四条之一", "现行有效", "2021-03-01")
        assert (before["status"], before["as_of"]) == ("尚未施行", "2020-10-01")
        assert before["standing"]
        assert "还没有" in before["warnings"][0]

    def test_a_repealed_law_says_so_and_what_replaced_it(self, api):
        article = api.get("/api/v1/law", params={"law": REPEALED, "article": "5"}).json()
        assert (article["status"], article["effective_to"]) == ("已废止", "2026-05-31")
        assert "已经废止" in article["warnings"][0]
        assert article["superseded_by"] in article["warnings"][0]

    def test_so_it_does_where_the_article_is_not_at_hand(self, api):
        refused(api.get("/api/v1/law", params={"law": REPEALED, "article": "99"}), 404, "第九十九条", "已经废止")

    @pytest.mark.parametrize(
        ("path", "asked", "status", "said"),
        [
            ("law", {"law": "某某法", "article": "1"}, 404, "库中没有《某某法》"),
            ("law", {"law": "刑法", "article": "900"}, 404, "第九百条"),
            ("law", {}, 400, "缺少“law”"),
            ("law", {"law": "法" * 201}, 400, "最多200字"),
            ("law", {"law": "刑法", "on": "2021-13-01"}, 400, "不是一个日期"),
            ("search", {"query": " "}, 400, "请写出要检索的内容"),
            ("search", {"query": "罚" * 5001}, 413, "5000字"),
            ("search", {"query": "罚", "k": 51}, 400, "不大于50"),
            ("search", {"query": "罚", "k": "many"}, 400, "“k”"),
            ("nothing", {}, 404, "没有这个地址"),
            ("ask", {}, 405, "方法"),
        ],
    )
    def test_what_cannot_be_looked_up_gets_a_sentence(self, api, path, asked, status, said):
        refused(api.get(f"/api/v1/{path}", params=asked), status, said)

    def test_what_was_imported_is_the_wording(self, own_home, tmp_path):
        (tmp_path / "规定.txt").write_text(OWN, encoding="utf-8")
        services = Services(settings(own_home))
        services.import_paths([tmp_path / "规定.txt"])
        with serving(services) as address:
            article = httpx.get(f"{address}/api/v1/law", params={"law": "某某安全试验规定", "article": "1"}).json()
        assert (article["text_kind"], article["effective_from"]) == ("原文", None)
        assert "没有记载施行日期" in article["warnings"][0]
        assert ("安全生产法", "114") in [(one["law"], one["article"]) for one in article["cites"]]


class TestCheck:
    def test_each_reference_has_its_verdict(self, api):
        text = f"依照《假想安全法》第三条和《{REPEALED}》第五条处理。"
        checked = api.post("/api/v1/check", json={"text": text}).json()
        assert [one["verdict"] for one in checked["findings"]] == ["库中无此法", "已废止"]
        assert [text[one["start"] : one["end"]] for one in checked["findings"]] == [one["surface"] for one in checked["findings"]]
        assert checked["all_right"] is False

    def test_no_reference_is_not_all_right(self, api):
        checked = api.post("/api/v1/check", json={"text": "今天天气很好。"}).json()
        assert (checked["findings"], checked["all_right"]) == ([], False)

    def test_too_long_and_empty(self, api):
        refused(api.post("/api/v1/check", json={"text": "法" * 50_001}), 413, "50000字")
        refused(api.post("/api/v1/check", json={"text": " "}), 400, "没有看到要核验的文字")


@pytest.fixture(scope="module")
def document(api):
    return api.get("/api/openapi.json").json()


class TestDescription:
    def test_every_path_has_a_shape_and_an_example_that_fits_it(self, document):
        assert list(document["paths"]) == ["/v1/ask", "/v1/search", "/v1/law", "/v1/check"]
        for methods in document["paths"].values():
            (job,) = methods.values()
            bodies = [job["responses"]["200"], *([job["requestBody"]] if "requestBody" in job else [])]
            for body in bodies:
                name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
                shape = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
                checker = jsonschema.Draft202012Validator(shape, format_checker=jsonschema.FormatChecker())
                checker.validate(document["components"]["schemas"][name]["example"])
            parameters = job.get("parameters", [])
            assert all(one["schema"] and (one.get("description") or one["schema"].get("description")) for one in parameters)
            assert all(one["schema"].get("examples") or one.get("examples") for one in parameters if one["required"])
            assert bool(parameters) != ("requestBody" in job)
            assert {"400", "401", "404", "413", "429", "503"} <= set(job["responses"])

    def test_the_document_holds_together(self, document):
        assert document["openapi"].startswith("3.1")
        assert document["servers"] == [{"url": "/api"}]
        for shape in document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(shape)
        for name in set(re.findall(r"#/components/schemas/(\w+)", json.dumps(document))):
            assert name in document["components"]["schemas"]
        schemes = document["components"]["securitySchemes"]
        assert [one["scheme"] for one in schemes.values()] == ["bearer"]
        for methods in document["paths"].values():
            assert all(job["summary"] and job["security"] for job in methods.values())

    def test_answers_fit_their_description(self, api, document):
        got = {
            "Answered": api.post("/api/v1/ask", json={"question": "特种作业无证上岗怎么罚？"}),
            "Found": api.get("/api/v1/search", params={"query": "动火"}),
            "Article": api.get("/api/v1/law", params={"law": "刑法", "article": "134-1"}),
            "Checked": api.post("/api/v1/check", json={"text": "《刑法》第一百三十四条"}),
            "Problem": api.get("/api/v1/law", params={"law": "某某法"}),
        }
        for name, response in got.items():
            shape = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
            jsonschema.validate(response.json(), shape)

    def test_the_page_of_the_endpoints_loads_nothing(self, api):
        page = api.get("/api/docs").text
        assert all(f"/api/v1/{path}" in page for path in ("ask", "search", "law", "check"))
        assert "<script" not in page
        assert "<link" not in page
        assert "http://" not in page
        assert "https://" not in page

    def test_the_page_beside_it_still_works(self, api):
        page = api.get("/")
        assert page.status_code == 200
        assert "安衡" in page.text
        assert urlsplit(str(page.url)).path == "/"


def test_what_nobody_foresaw_is_told_without_its_inside(built_home):
    with serving(Broken(settings(built_home))) as address:
        asked = {"question": "特种作业无证上岗怎么罚？"}
        refused(httpx.post(f"{address}/api/v1/ask", json=asked), 500, "程序内部出错")
        with httpx.stream("POST", f"{address}/api/v1/ask", json=asked | {"stream": True}) as response:
            ((name, data),) = events(response)
    assert name == "error"
    assert data["status"] == 500
    assert "secret" not in data["error"]
