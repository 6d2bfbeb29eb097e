"""CSV and Excel to grids: as they come from offices, and as they come broken."""

import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from assistant.errors import AnHengError, Cancelled, UnreadableFile
from assistant.ingest.tables import read_tables

KNOWN = {"事故单位", "发生时间", "死亡人数", "重伤人数"}


def read(path, **more):
    return read_tables(path, path.name, KNOWN.__contains__, **more)


def book(path, *sheets, merge=()):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for area in merge:
        made.worksheets[0].merge_cells(area)
    made.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_any_encoding(tmp_path, encoding, mark):
    path = tmp_path / "台账.csv"
    path.write_text(f"事故单位{mark}死亡人数\n东山公司{mark}1\n\n西河公司{mark}2\n", encoding=encoding)
    (grid,) = read(path)
    assert grid.headings == ("事故单位", "死亡人数")
    assert grid.rows == [("东山公司", "1"), ("西河公司", "2")]
    assert grid.numbers == [2, 4]


def test_headings_below_titles_and_on_two_storeys(tmp_path):
    rows = [
        ["某区事故台账"],
        ["填表人：甲", None, "2025年1月"],
        ["序号", "事故单位", "伤亡", None, "发生时间"],
        [None, None, "死亡人数", "重伤人数", None],
        [1, "东山公司", 1, 0, date(2025, 3, 1)],
    ]
    (grid,) = read(book(tmp_path / "台账.xlsx", ("一", rows), merge=["A1:E1", "C3:D3", "A3:A4", "B3:B4", "E3:E4"]))
    assert grid.headings == ("序号", "事故单位", "死亡人数", "重伤人数", "发生时间")
    assert grid.rows == [("1", "东山公司", "1", "0", "2025-03-01")]
    assert grid.numbers == [5]
    assert grid.name == "台账.xlsx“一”表"


def test_sheets_are_read_each_and_empty_ones_left_out(tmp_path):
    head = ["事故单位", "死亡人数"]
    path = book(
        tmp_path / "台账.xlsx",
        ("甲", [head, ["东山公司", 1]]),
        ("说明", [["只有一句话"]]),
        ("空", []),
        ("乙", [head, ["西河公司", 2]]),
    )
    assert [grid.sheet for grid in read(path)] == ["甲", "乙"]


def test_cells_of_every_kind(tmp_path):
    rows = [
        ["事故单位", "a", "b", "c", "d", "e"],
        ["  东山\n公司 ", 110105194912310021, 1.5, True, datetime(2025, 3, 1, 8, 30), "=1+1"],
        [None, 12, None, None, None, "尾"],
    ]
    path = book(tmp_path / "台账.xlsx", ("一", rows))
    (grid,) = read(path)
    assert grid.rows[0][:5] == ("东山 公司", "1.10105194912310E+17", "1.5", "是", "2025-03-01 08:30")
    assert grid.rows[1] == ("", "12", "", "", "", "尾")


def test_a_large_workbook_is_read_like_openpyxl_reads_it(tmp_path):
    rows = [
        ["事故单位", "死亡人数", "发生时间"],
        *([f"公司{n}", n if n % 7 else None, date(2024, 1, 1 + n % 28)] for n in range(3000)),
    ]
    path = book(tmp_path / "台账.xlsx", ("一", rows))
    (grid,) = read(path)
    by_openpyxl = list(openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True))
    assert len(grid.rows) == 3000
    for own, theirs in zip(grid.rows, by_openpyxl, strict=True):
        assert own == (theirs[0], "" if theirs[1] is None else str(theirs[1]), f"{theirs[2]:%Y-%m-%d}")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.csv", b"", "没有带表头的数据行"),
        ("只有表头.csv", "事故单位,死亡人数\n".encode(), "没有带表头的数据行"),
        ("二进制.csv", bytes(range(256)) * 4, "编码无法识别"),
        ("坏.xlsx", b"PK\x03\x04 not a workbook", "不是完好的 Excel 文件"),
        ("旧.xls", b"\xd0\xcf\x11\xe0", "另存为 .xlsx"),
        ("图.png", b"\x89PNG", "不是能筛查的表格"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AnHengError, match=says) as caught:
        read(path)
    assert name in str(caught.value)


def test_a_sheet_cut_short_gets_a_sentence(tmp_path):
    whole = book(tmp_path / "台账.xlsx", ("一", [["事故单位", "死亡人数"], *[["东山公司", 1]] * 500]))
    cut = tmp_path / "断.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    with pytest.raises(UnreadableFile, match="不是完好的 Excel 文件"):
        read(cut)


def test_300_mb_are_refused_before_anything_is_read(tmp_path):
    path = tmp_path / "大.csv"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(UnreadableFile, match="300 MB，超过 100 MB 的上限，请拆成几个文件"):
        read(path)


def test_more_rows_than_the_limit_get_a_sentence(tmp_path):
    path = tmp_path / "百万.csv"
    path.write_text("事故单位,死亡人数\n" + "甲,1\n" * 1_000_000)
    with pytest.raises(UnreadableFile, match=r"“百万\.csv”超过 500000 行的上限，请拆成几个文件分别筛查"):
        read(path)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path):
    path = book(tmp_path / "弹.xlsx", ("一", [["事故单位", "死亡人数"], ["东山公司", 1]]))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/x", "w", force_zip64=True) as member,
    ):
        for _ in range(1600):
            member.write(bytes(2**20))
    assert path.stat().st_size < 20 * 2**20
    with pytest.raises(UnreadableFile, match="解开后太大"):
        read(path)


def test_reading_tells_how_far_it_is_and_stops(tmp_path):
    path = tmp_path / "长.csv"
    path.write_text("事故单位,死亡人数\n" + "东山公司,1\n" * 20_000)
    told = []
    with pytest.raises(Cancelled):
        read(path, progress=lambda *step: told.append(step), cancelled=lambda: len(told) == 2)
    assert told == [("读取“长.csv”", 5000, 0), ("读取“长.csv”", 10000, 0)]
