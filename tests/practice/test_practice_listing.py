"""Lists of materials as they come: Word tables, Excel with merged cells and several sheets, GBK, pasted lines, damaged files."""

from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.domain.evidence import Held
from assistant.errors import UnreadableFile, UnsupportedFormat
from assistant.ingest.evidence import load_evidence
from assistant.ingest.material import read_material
from assistant.ingest.records import load_knowledge
from assistant.practice.evidence import matrix, place
from assistant.practice.listing import listed, pasted

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
BOOK = load_evidence(FOLDER, load_knowledge(FOLDER).records)


def read(path):
    return listed(read_material(path, path.name, lambda *step: None).passages, BOOK, path.name)


def names(found):
    return [one.name for one in found]


def kinds(found):
    return [[kind.key for kind in place(BOOK, one).kinds] for one in found]


def test_an_excel_list_with_merged_cells_and_two_sheets(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "移送材料"
    for row in [
        ["远山化工案移送材料清单", None, None, None],
        ["序号", "材料名称", "来源", "份数"],
        [1, "动火作业票", "远山化工", 2],
        [2, "安全培训记录（补签）", None, 1],
        [3, "询问笔录（孙某）", "应急管理局", 1],
        [4, "事故调查报告", None, 1],
        ["合计", None, None, 5],
    ]:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("C3:C4")
    sheet.merge_cells("C5:C6")
    second = book.create_sheet("公安卷")
    for row in [
        ["序号", "名称", "页码"],
        [1, "讯问笔录（钱某）", "1-12"],
        [2, "尸检报告", "13-20"],
        [3, "询问笔录（李某，公安局制作）", "21"],
    ]:
        second.append(row)
    book.save(tmp_path / "清单.xlsx")
    found = read(tmp_path / "清单.xlsx")
    assert names(found) == [
        "动火作业票",
        "安全培训记录（补签）",
        "询问笔录（孙某）",
        "事故调查报告",
        "讯问笔录（钱某）",
        "尸检报告",
        "询问笔录（李某，公安局制作）",
    ]
    assert kinds(found) == [
        ["work_records"],
        ["training"],
        ["witness"],
        ["accident_report"],
        ["suspect"],
        ["autopsy"],
        ["witness"],
    ]
    assert "远山化工" in found[1].said  # the merged cell speaks for its second row too
    assert "应急管理局" in found[3].said
    assert "公安卷" in found[4].place
    assert [place(BOOK, one).usable for one in found] == [True, False, False, True, True, True, True]


def test_a_word_list_as_table_and_as_numbered_lines(tmp_path):
    word = docx.Document()
    word.add_paragraph("证据目录")
    table = word.add_table(rows=0, cols=3)
    for row in [("序号", "证据名称", "备注"), ("1", "停产通知书", ""), ("2", "送达回证", "复印件"), ("3", "现场检查笔录", "")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    merged = table.add_row().cells
    merged[0].text, merged[1].text = "4", "监控录像"
    merged[1].merge(merged[2])
    word.add_paragraph("另附：")
    for text in ("劳动合同", "任命文件", "责任制文件"):
        word.add_paragraph(text, style="List Number")
    word.save(str(tmp_path / "目录.docx"))
    found = read(tmp_path / "目录.docx")
    assert kinds(found)[:4] == [["orders"], ["service"], ["scene"], ["video"]]
    assert [kind for one in kinds(found)[4:] for kind in one] == ["employment", "appointment", "duty_system"]
    assert [flaw.says for flaw in place(BOOK, found[1]).flaws] == ["不是原件"]


def test_cells_of_a_word_table_that_are_merged_downwards_speak_for_each_row(tmp_path):
    word = docx.Document()
    table = word.add_table(rows=0, cols=3)
    for row in [
        ("材料清单", "", ""),
        ("来源", "材料名称", "份数"),
        ("应急管理局", "询问笔录（王某）", "1"),
        ("", "询问笔录（李某）", "1"),
    ]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    for row in (("公安局", "询问笔录（赵某）", "1"), ("公安局", "讯问笔录", "2")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.save(str(tmp_path / "合并.docx"))
    found = read(tmp_path / "合并.docx")
    assert names(found) == ["询问笔录（王某）", "询问笔录（李某）", "询问笔录（赵某）", "讯问笔录"]
    assert [place(BOOK, one).usable for one in found] == [False, False, True, True]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_list_in_any_usual_encoding(tmp_path, encoding):
    text = "编号,材料名称,制作单位\n1,损失评估报告,价格认证中心\n2,伤情鉴定意见书,司法鉴定所\n3,事故调查询问笔录,应急管理局\n"
    (tmp_path / "清单.csv").write_bytes(text.encode(encoding))
    found = read(tmp_path / "清单.csv")
    assert names(found) == ["损失评估报告", "伤情鉴定意见书", "事故调查询问笔录"]
    assert kinds(found) == [["loss_opinion"], ["injury_opinion"], ["admin_inquiry"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["动火作业票,远山化工", "监控录像,远山化工", "讯问笔录,公安局"], ["动火作业票", "监控录像", "讯问笔录"]),  # no headings
        (["序号,证据名称及内容,证明目的", "1,监控录像,证明张某在现场指挥作业的经过"], ["监控录像"]),
        (["编号,证据种类,证据,备注", "1,书证,劳动合同,3页"], ["劳动合同"]),
        (["类别,内容", "书证,一份看不出是什么的东西"], ["一份看不出是什么的东西"]),
    ],
)
def test_the_column_that_names_the_material_is_found(tmp_path, rows, expected):
    (tmp_path / "表.csv").write_text("\n".join(rows), encoding="utf-8")
    assert names(read(tmp_path / "表.csv")) == expected


def test_pasted_lines_and_running_lists():
    found = pasted(
        "本案材料目录：\n一、营业执照及安全生产许可证\n（2）动火作业票、监控录像、培训记录\n3. 关于张三、李四的讯问笔录\n\n第4页\n",
        BOOK,
    )
    assert names(found) == ["营业执照及安全生产许可证", "动火作业票", "监控录像", "培训记录", "关于张三、李四的讯问笔录"]
    assert kinds(found)[0] == ["registration", "licence"]
    assert found[0].head == "本案材料目录："


def test_a_material_that_is_called_a_list_is_no_title():
    assert names(pasted("动火作业票\n接受证据材料清单\n扣押清单\n公安卷：\n讯问笔录", BOOK)) == [
        "动火作业票",
        "接受证据材料清单",
        "扣押清单",
        "讯问笔录",
    ]


def test_the_title_of_a_list_tells_who_made_what_its_rows_do_not():
    one = pasted("应急管理局移送材料清单\n询问笔录（王某）\n公安机关询问笔录（王某）\n", BOOK)
    assert [place(BOOK, each).usable for each in one] == [False, True]
    both, monitor = pasted("应急管理局移送公安局的询问笔录\n监察委员会询问笔录", BOOK)
    assert [flaw.says for flaw in place(BOOK, both).flaws] == ["同时写了行政机关和办案机关，看不出询问笔录由谁制作"]
    assert place(BOOK, monitor).usable
    (bare,) = pasted("询问笔录（王某）", BOOK)
    assert [flaw.says for flaw in place(BOOK, bare).flaws] == ["看不出询问笔录由谁制作"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("停产通知书送达回证", ["service"]),
        ("行政处罚决定书（远山化工）", ["orders"]),
        ("关于事故调查报告的批复", ["report_reply"]),
        ("火灾事故认定书", ["fire_certificate"]),
        ("道路交通事故认定书", ["traffic_certificate"]),
        ("事故现场监控录像", ["video"]),
        ("监控录像提取笔录", ["seizure"]),
        ("特种作业操作证真伪查询", ["authenticity"]),
        ("赔偿协议和谅解书", ["settlement"]),
        ("张某的同步录音录像", ["suspect"]),
        ("法医学尸体检验鉴定书", ["autopsy"]),
        ("司法鉴定意见书", ["technical"]),
        ("动火安全作业证", ["work_records"]),
        ("特种作业证", ["qualification"]),
        ("吊装作业许可证", ["work_records"]),
        ("应急救援处置评估报告", ["rescue"]),
        ("出入库台账", ["goods_flow"]),
        ("危险化学品性质鉴定意见", ["goods"]),
        ("消防监督检查记录", ["enforcement"]),
        ("鉴定意见通知书", ["papers"]),
        ("立案决定书", ["papers"]),
        ("手机通话清单", ["data"]),
        ("扣押决定书及扣押清单", ["seizure"]),
        ("一份看不出是什么的东西", []),
    ],
)
def test_what_a_name_says_last_is_what_it_is(name, kind):
    assert kinds(pasted(name, BOOK)) == [kind]


def test_damaged_and_foreign_files_get_one_sentence(tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 64)
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    for name, error in (("坏.xlsx", UnreadableFile), ("空.txt", UnreadableFile), ("旧.xls", UnsupportedFormat)):
        with pytest.raises(error) as told:
            read(tmp_path / name)
        assert name in str(told.value)
        assert str(told.value).endswith("。")
        assert "\n" not in str(told.value)


def test_a_long_list_is_held_against_an_offence_in_no_time(tmp_path):
    import time

    found = pasted("\n".join(f"询问笔录（证人{number}，公安局）" for number in range(2000)), BOOK)
    assert len(found) == 2000
    start = time.perf_counter()
    result = matrix(BOOK, "offence.134-1p", found)
    assert time.perf_counter() - start < 3
    assert result.count(Held.YES) > 0
