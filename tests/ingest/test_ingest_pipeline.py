"""From files to the library: identity, versions, repeats, cancelling; on texts of our own."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import docx
import pytest

from assistant.domain.library import DocumentKind
from assistant.domain.provision import Law, Span
from assistant.ingest.document import Document
from assistant.ingest.identify import KnownLaws, canonical_title, date_in_name
from assistant.ingest.pipeline import import_paths, prepare, remove_document
from assistant.ingest.report import ImportReport, Outcome
from assistant.store.library import Library

FORCE = "第三条 本条例自{}起施行。"


def law(title: str, *articles: str, head: str = "") -> str:
    return f"# {title}\n\n{head}\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n" + "\n\n".join(articles) + "\n"


def old(start: str = "2010年5月1日") -> str:
    return law("中华人民共和国仓库通风条例", "第一条 库房应当有窗。", "第二条 每天开窗一次。", FORCE.format(start))


def new(start: str = "2024年5月1日") -> str:
    return law("中华人民共和国仓库通风条例", "第一条 库房应当有窗。", "第二条 每天开窗两次。", FORCE.format(start))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "laws").mkdir()
    return tmp_path / "laws"


def put(folder: Path, **files: str) -> None:
    for name, content in files.items():
        (folder / f"{name}.md").write_text(content, encoding="utf-8")


def bring(folder: Path, library: Library, known: Mapping[str, Law] | None = None) -> ImportReport:
    return import_paths([folder], library, known or {})


OLD_NAME, NEW_NAME = "仓库通风条例(2010-03-01)", "仓库通风条例(2024-01-08)"


def test_two_versions_of_one_law(folder: Path, library: Library) -> None:
    put(folder, **{OLD_NAME: old(), NEW_NAME: new()})
    report = bring(folder, library)
    assert (report.laws, report.articles, report.versions) == (1, 6, 3)
    newest, oldest = library.documents()
    assert (newest.version, newest.effective, newest.superseded) == (date(2024, 1, 8), Span(date(2024, 5, 1)), False)
    assert (oldest.effective, oldest.superseded) == (Span(date(2010, 5, 1), date(2024, 4, 30)), True)
    for day, words in [(date(2024, 4, 30), "每天开窗一次。"), (date(2024, 5, 1), "每天开窗两次。")]:
        found = library.provision("仓库通风条例", "2", day)
        assert found is not None
        assert found.text == words


def test_versions_settle_whatever_the_order_of_imports(folder: Path, library: Library) -> None:
    put(folder, **{NEW_NAME: new()})
    bring(folder, library)
    put(folder, **{OLD_NAME: old()})
    bring(folder, library)
    assert [(d.version, d.superseded) for d in library.documents()] == [(date(2024, 1, 8), False), (date(2010, 3, 1), True)]
    assert [p.superseded for p in library.provisions([library.documents()[1].id])] == [True] * 3


def test_importing_twice_changes_nothing(folder: Path, library: Library) -> None:
    put(folder, **{OLD_NAME: old(), NEW_NAME: new()})
    bring(folder, library)
    before, revision = library.documents(), library.revision()
    report = bring(folder, library)
    assert (report.unchanged, report.replaced, report.changed) == (2, 0, False)
    assert library.documents() == before
    assert library.revision() == revision


def test_a_changed_file_replaces_its_own_provisions_only(folder: Path, library: Library) -> None:
    put(folder, **{OLD_NAME: old(), NEW_NAME: new()})
    bring(folder, library)
    put(folder, **{NEW_NAME: new().replace("两次", "三次")})
    report = bring(folder, library)
    assert (report.unchanged, report.replaced) == (1, 1)
    assert [p.text for p in library.provisions() if p.ref.article == "2"] == ["每天开窗一次。", "每天开窗三次。"]


def test_the_date_in_a_name_is_never_a_date_of_effect(folder: Path, library: Library) -> None:
    put(folder, **{NEW_NAME: new(start="2002年11月1日")})
    bring(folder, library)
    assert library.documents()[0].effective == Span(None)


def test_what_is_known_of_a_law_goes_before_what_its_file_says(folder: Path, library: Library) -> None:
    known = Law(
        "仓库通风条例",
        ("通风条例",),
        doc_no="国令第1号",
        promulgated=date(2024, 1, 10),
        effective=Span(date(2024, 6, 1), date(2025, 12, 31)),
    )
    put(folder, **{"通风条例": new(start="2024年1月1日").replace("仓库", ""), OLD_NAME: old()})
    bring(folder, library, {"仓库通风条例": known})
    newest, oldest = library.documents()
    assert (newest.title, newest.doc_no, newest.version, newest.effective) == (
        "仓库通风条例",
        "国令第1号",
        known.promulgated,
        known.effective,
    )
    assert oldest.effective == Span(date(2010, 5, 1), date(2024, 5, 31))


def test_a_head_with_a_number_and_stale_dates(folder: Path, library: Library) -> None:
    head = "- 发布机关：某部\n- 发布日期：2016年1月2日\n- 施行日期：2016年3月1日\n\n---\n"
    text = f"# 某部令第7号 仓库通风办法\n\n{head}\n## 第一条\n\n库房应当有窗。\n\n## 第二条\n\n本办法自2016年3月1日起施行。\n"
    put(folder, 仓库通风办法=text)
    bring(folder, library)
    document = library.documents()[0]
    assert (document.title, document.doc_no, document.articles) == ("仓库通风办法", "某部令第7号", 2)
    assert document.effective == Span(date(2016, 3, 1))
    known = Law("仓库通风办法", promulgated=date(2019, 7, 11), effective=Span(date(2019, 9, 1)))
    assert bring(folder, library, {"仓库通风办法": known}).replaced == 1
    assert library.documents()[0].effective == Span(date(2019, 9, 1))


def test_an_old_text_without_a_date_in_its_name_is_not_taken_for_the_current_one(folder: Path, library: Library) -> None:
    known = Law("仓库通风条例", promulgated=date(2024, 1, 8), effective=Span(date(2024, 5, 1)), doc_no="国令第9号")
    put(folder, 仓库通风条例=old().replace("\n\n\n", "\n\n2010年3月1日 通过\n\n", 1))
    bring(folder, library, {"仓库通风条例": known})
    document = library.documents()[0]
    assert (document.version, document.effective) == (date(2010, 3, 1), Span(date(2010, 5, 1), date(2024, 4, 30)))
    assert document.doc_no == ""


def test_parts_of_a_code_are_one_law(folder: Path, library: Library) -> None:
    head = "# 中华人民共和国通风法典\n\n# {}\n\n2024年1月8日 通过\n\n{}<!-- INFO END -->\n\n"
    put(
        folder,
        开窗编=head.format("开窗编", "2025年1月1日 施行\n\n") + "第一条 窗要开。\n",
        关窗编=head.format("关窗编", "") + "第二条 窗要关。\n",
    )
    report = bring(folder, library)
    assert report.laws == 1
    assert report.findings == []
    assert library.articles("通风法典") == ["1", "2"]
    assert {document.effective for document in library.documents()} == {Span(date(2025, 1, 1))}
    found = library.provision("通风法典", "2", date(2025, 2, 1))
    assert found is not None
    assert found.heading == ("关窗编",)
    assert bring(folder, library).changed is False


def test_the_same_text_in_two_folders_counts_once(folder: Path, library: Library) -> None:
    for name in ("甲", "乙"):
        (folder / name).mkdir()
        put(folder / name, **{NEW_NAME: new()})
    report = bring(folder, library)
    assert [result.outcome for result in report.results] == [Outcome.ADDED, Outcome.DUPLICATE]
    assert report.skips[0].reason.startswith("与“乙/")


def test_the_same_text_under_two_dates_is_one_version(folder: Path, library: Library) -> None:
    put(folder, **{NEW_NAME: new(), "仓库通风条例(2024-01-18)": new()})
    report = bring(folder, library)
    assert [result.outcome for result in report.results] == [Outcome.ADDED, Outcome.DUPLICATE]
    assert "日期不同" in report.skips[0].reason
    assert bring(folder, library).changed is False
    assert library.counts().documents == 1


def test_two_texts_of_one_version_are_reported_and_stay_stable(folder: Path, library: Library) -> None:
    for name, content in (("1", new()), ("2", new().replace("两次", "三次"))):
        (folder / name).mkdir()
        put(folder / name, **{NEW_NAME: content})
    report = bring(folder, library)
    assert [(f.damage.name, f.article) for f in report.findings] == [("DIFFERENT", "2")]
    assert "内容有差异" in report.skips[0].reason
    assert bring(folder, library).changed is False


def test_a_case_is_searched_and_gives_no_articles(folder: Path, library: Library) -> None:
    (folder / "案例").mkdir()
    put(
        folder / "案例",
        某甲不开窗案="# 某甲不开窗案\n\n<!-- INFO END -->\n\n## 裁判要点\n\n《通风条例》\n\n第一条 库房应当有窗。\n",
    )
    bring(folder, library)
    document = library.documents()[0]
    provision = next(library.provisions())
    assert document.kind is DocumentKind.DOCUMENT
    assert provision.ref.article == ""
    assert provision.text == "某甲不开窗案\n裁判要点\n《通风条例》\n第一条 库房应当有窗。"


def test_navigation_templates_and_foreign_files_are_passed_over_with_a_reason(folder: Path, library: Library) -> None:
    put(
        folder,
        **{NEW_NAME: new(), "_index": "---\na: b\n---", "README": "x", "法律法规模版": "---\na: b\n---\n# 某法", ".hidden": "x"},
    )
    (folder / "MANIFEST.tsv").write_text("path")
    report = bring(folder, library)
    assert {result.source: result.reason for result in report.skips} == {
        "_index.md": "目录或说明文件", "README.md": "目录或说明文件", "法律法规模版.md": "空白模板",
        ".hidden.md": "隐藏文件或临时文件", "MANIFEST.tsv": "不是法规文本的格式",
    }  # fmt: skip
    assert library.counts().documents == 1


def test_a_bad_file_fails_alone(folder: Path, library: Library) -> None:
    put(folder, **{NEW_NAME: new()})
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    report = import_paths([folder, folder / "没有.md"], library, {})
    assert [(result.source, result.outcome) for result in report.failures] == [
        ("坏.docx", Outcome.FAILED),
        ("没有.md", Outcome.FAILED),
    ]
    assert library.counts().laws == 1
    assert "失败 2" in report.summary()


def test_cancelling_keeps_what_is_done_and_settles_it(folder: Path, library: Library) -> None:
    put(folder, **{OLD_NAME: old(), NEW_NAME: new(), "窗户办法": law("窗户办法", "第一条 擦窗。")})
    seen: list[tuple[str, int, int]] = []
    report = import_paths([folder], library, {}, lambda *step: seen.append(step), lambda: len(seen) == 2)
    assert report.cancelled
    assert [step[1:] for step in seen] == [(1, 3), (2, 3)]
    assert [document.superseded for document in library.documents()] == [False, True]
    assert "取消" in report.summary()
    assert bring(folder, library).unchanged == 2


def test_amendments_date_the_articles_and_bring_back_earlier_ones(folder: Path, library: Library) -> None:
    main = law(
        "仓库法",
        "第一条 不开窗的，罚三元。",
        "第二条 堵门的，罚四元。",
        "第三条 完。",
        head="1997年3月14日 通过\n\n2011年2月25日 修正\n\n2020年12月26日 修正",
    )
    first = "# 仓库法修正案\n\n2011年2月25日 通过\n\n<!-- INFO END -->\n\n一、将仓库法第一条修改为：“不开窗的，罚二元。”\n\n二、本修正案自2011年5月1日起施行。"
    second = "# 仓库法修正案（二）\n\n2020年12月26日 通过\n\n<!-- INFO END -->\n\n一、将仓库法第一条修改为：“不开窗的，罚三元。”\n\n二、本修正案自2021年3月1日起施行。"
    put(folder, 仓库法=main, 仓库法修正案=first, **{"仓库法修正案（二）": second})
    report = bring(folder, library)
    expected = {date(2011, 4, 30): "罚三元", date(2011, 5, 1): "罚二元", date(2021, 2, 28): "罚二元", date(2021, 3, 1): "罚三元"}
    for day, words in expected.items():
        found = library.provision("仓库法", "1", day)
        assert found is not None
        assert words in found.text
    before = library.provision("仓库法", "1", date(2015, 1, 1))
    assert before is not None
    assert before.id.endswith("@2011-05-01/1")
    assert library.by_id(before.id) == before
    assert (before.effective, before.superseded) == (Span(date(2011, 5, 1), date(2021, 2, 28)), True)
    assert report.versions == 1
    revision = library.revision()
    assert bring(folder, library).changed is False
    assert library.revision() == revision


def test_a_word_file_and_a_markdown_file_of_one_version_are_the_same(folder: Path, library: Library) -> None:
    put(folder, **{NEW_NAME: new()})
    bring(folder, library)
    document = docx.Document()
    for line in ["中华人民共和国仓库通风条例", "（2024年1月8日公布　自2024年5月1日起施行）", "第一章　总则",
                 "第一条　库房应当有窗。", "第二条　每天开窗两次。", "第三条　本条例自2024年5月1日起施行。"]:  # fmt: skip
        document.add_paragraph(line)
    document.save(str(folder.parent / "下载.docx"))
    assert import_paths([folder.parent / "下载.docx"], library, {}).unchanged == 1


def test_an_old_text_ends_where_the_version_begins_that_is_only_known_of(folder: Path, library: Library) -> None:
    put(folder, **{OLD_NAME: old()})
    known = Law("仓库通风条例", promulgated=date(2024, 1, 8), effective=Span(date(2024, 5, 1)))
    bring(folder, library, {"仓库通风条例": known})
    document = library.documents()[0]
    assert (document.effective, document.superseded) == (Span(date(2010, 5, 1), date(2024, 4, 30)), False)
    assert bring(folder, library, {"仓库通风条例": known}).changed is False


def test_removing_the_newest_makes_the_one_before_it_current(folder: Path, library: Library) -> None:
    put(folder, **{OLD_NAME: old(), NEW_NAME: new()})
    bring(folder, library)
    assert remove_document(library, library.documents()[0].id, {})
    assert not remove_document(library, "none", {})
    assert [(d.effective, d.superseded) for d in library.documents()] == [(Span(date(2010, 5, 1)), False)]
    found = library.provision("仓库通风条例", "2", date(2025, 1, 1))
    assert found is not None
    assert not found.superseded


def test_an_annex_is_kept_behind_the_articles(folder: Path, library: Library) -> None:
    put(folder, **{NEW_NAME: new() + "\n附件\n\n| 库房 | 每天开窗的次数 |\n\n| 甲字库 | 三次，雨天一次 |\n"})
    report = bring(folder, library)
    annex = list(library.provisions())[-1]
    assert (annex.ref.article, annex.heading, library.documents()[0].articles) == ("", ("附件",), 3)
    assert "甲字库" in annex.text
    assert report.findings == []
    assert library.articles("仓库通风条例") == ["1", "2", "3"]


TITLES = [
    ("中华人民共和国刑法", "刑法"),
    ("最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释", "最高人民法院关于适用《刑事诉讼法》的解释"),
    ("最高人民法院  最高人民检察院关于办理某案件的解释(二)", "最高人民法院、最高人民检察院关于办理某案件的解释（二）"),
    ("关于执行《刑法》 确定罪名的补充规定（七）", "关于执行《刑法》确定罪名的补充规定（七）"),
    ("《仓库法》", "仓库法"),
]


@pytest.mark.parametrize(("raw", "expected"), TITLES)
def test_titles(raw: str, expected: str) -> None:
    assert canonical_title(raw) == expected


@pytest.mark.parametrize(("stem", "expected"), [
    ("仓库法(2021-06-10)", date(2021, 6, 10)), ("仓库法（2021-06-10）", date(2021, 6, 10)), ("仓库法_20210610", date(2021, 6, 10)),
    ("仓库法", None), ("仓库法(2021-13-40)", None), ("刑法修正案（十二）(2023-12-29)", date(2023, 12, 29)),
])  # fmt: skip
def test_dates_in_names(stem: str, expected: date | None) -> None:
    assert date_in_name(stem) == expected


@pytest.mark.parametrize(("title", "body", "kind"), [
    ("某厂火灾事故调查报告", "第一条 起火时间\n\n第二条 起火原因\n\n第三条 建议\n", DocumentKind.DOCUMENT),
    ("仓库通风条例", "一、开窗。\n", DocumentKind.LAW),
    ("刑法修正案（十三）", "一、开窗。\n", DocumentKind.LAW),
    ("随手记", "今天开窗。\n", DocumentKind.DOCUMENT),
])  # fmt: skip
def test_what_is_law(title: str, body: str, kind: DocumentKind) -> None:
    document, provisions = prepare(Document("x.md", title, f"# {title}\n\n<!-- INFO END -->\n\n{body}"), "x.md", KnownLaws({}))
    assert document.kind is kind
    assert bool(provisions[0].ref.article) is (kind is DocumentKind.LAW)
