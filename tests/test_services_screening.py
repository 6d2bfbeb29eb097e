"""线索 over the real program: a table in a conversation is screened when it is asked about, and only then; the command."""

from pathlib import Path

import openpyxl
import pytest
from outside import ran, started

from assistant.domain.answer import Outcome, Section
from assistant.errors import Cancelled
from assistant.materials import Materials
from assistant.store.repository import Repository

ASKED = "这张表里有没有该立案没立案的？"
ACCIDENTS = [
    ["某区事故台账（虚构）"],
    ["事故单位", "发生时间", "死亡人数", "重伤人数"],
    ["东山建材（虚构）有限公司", "2025年3月1日", 1, 0],
    ["西河化工（虚构）有限公司", "2025-05-03", 2, 0],
]
CASES = [["涉案单位", "案发时间", "立案日期"], ["西河化工(虚构)有限责任公司", "2025/5/3", "2025/5/9"]]


def ledger(path: Path, sheets=None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (sheets or {"事故": ACCIDENTS, "立案": CASES}).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def shelf(tmp_path):
    repository = Repository.in_home(tmp_path / "home")
    materials = Materials(tmp_path / "home", repository)

    def shelf_of(path):
        talk = repository.start("me", "线索")
        materials.attach("me", talk, path, path.name, lambda *step: None, lambda: False)
        return materials.shelf("me", talk)

    yield shelf_of
    repository.close()


def test_a_table_in_the_talk_is_screened_and_its_rows_are_cited(services, shelf, tmp_path):
    answer = services.ask(ASKED, shelf=shelf(ledger(tmp_path / "台账.xlsx")))
    assert answer.status is Outcome.ANSWERED
    (row,) = [claim for claim in answer.section(Section.MATERIAL) if "第3行" in claim.text]
    assert "台账.xlsx“事故”表第3行：东山建材（虚构）有限公司，2025-03-01：死亡1人" in row.text
    (cited,) = [one for one in answer.citations if one.n in row.citations]
    assert cited.kind == "material"
    assert "东山建材" in cited.quote
    (means,) = answer.section(Section.BASIS)
    titles = [one.title for one in answer.citations if one.n in means.citations]
    assert any("第六条" in title for title in titles)
    assert any("第一百三十四条" in title for title in titles)
    assert not any("西河" in claim.text for claim in answer.claims)
    assert any("“线索”页" in claim.text for claim in answer.section(Section.NOTES))


def test_what_was_not_found_and_not_looked_for_is_said(services, shelf, tmp_path):
    answer = services.ask(
        ASKED, shelf=shelf(ledger(tmp_path / "台账.xlsx", {"事故": ACCIDENTS[:2] + ACCIDENTS[3:], "立案": CASES}))
    )
    assert [claim.text for claim in answer.section(Section.MATERIAL)] == ["在表里没有找到这些情形：达到立案标准而没有对应案件。"]
    assert any("没有查“死亡人员在事故台账里找不到”：缺“死亡人员名单”" in claim.text for claim in answer.section(Section.NOTES))


@pytest.mark.parametrize("question", ["重大责任事故罪死亡三人怎么判？", "表里东山建材死了几个人？"])
def test_other_questions_are_answered_as_ever(services, shelf, tmp_path, question):
    with_table = services.ask(question, shelf=shelf(ledger(tmp_path / "台账.xlsx")))
    assert not any("“线索”页" in claim.text for claim in with_table.claims)


def test_a_table_that_fits_no_model_is_answered_as_ever(services, shelf, tmp_path):
    answer = services.ask(ASKED, shelf=shelf(ledger(tmp_path / "别的.xlsx", {"一": [["甲", "乙"], ["东山公司", "b"]]})))
    assert not any("“线索”页" in claim.text for claim in answer.claims)


def test_it_stops(services, shelf, tmp_path):
    with pytest.raises(Cancelled):
        services.ask(ASKED, shelf=shelf(ledger(tmp_path / "台账.xlsx")), cancelled=lambda: True)


def test_the_command_finds_writes_and_says_what_it_did_not_do(built_home, tmp_path):
    file, out = ledger(tmp_path / "台账.xlsx"), tmp_path / "结果.xlsx"
    result = ran(started("screen", file, "--out", out, home=built_home))
    assert result.code == 4, result.err
    assert "达到立案标准而没有对应案件：1条" in result.out
    assert "台账.xlsx“事故”表第3行" in result.out
    assert "没有查（缺“死亡人员名单”）" in result.out
    rows = list(openpyxl.load_workbook(out)["线索"].iter_rows(min_row=3, values_only=True))
    assert [row[3] for row in rows] == ["台账.xlsx“事故”表第3行"]


def test_the_command_gives_json(built_home, tmp_path):
    result = ran(started("screen", ledger(tmp_path / "台账.xlsx"), "--json", home=built_home))
    unfiled, late, *_ = result.json["rules"]
    assert [hit["rows"] for hit in unfiled["hits"]] == [["台账.xlsx“事故”表第3行"]]
    assert any("第六条" in cite for cite in unfiled["cite"])
    assert late["skipped"] == "“立案台账”缺“接受移送日期”一列"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["没有的.csv"], "找不到“没有的.csv”"),
        (["README.md"], "不是能筛查的表格"),
        (["{table}", "--model", "nothing"], "没有“nothing”这个模型，可用的有：deaths"),
        (["{table}", "--model", "gas"], "对不上"),
        (["{table}", "--out", "x.docx"], "--out 请写 .xlsx"),
    ],
)
def test_the_command_refuses_with_a_sentence(built_home, tmp_path, arguments, says):
    table = ledger(tmp_path / "台账.xlsx")
    result = ran(started("screen", *(part.format(table=table) for part in arguments), home=built_home))
    assert result.code in {1, 2}
    assert says in result.sentence
