"""Tables into the 台账 and out of it: messy Excel is understood and shown, nothing is lost, what cannot be read is told by its row."""

import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import openpyxl
import pytest

from assistant.documents.ledger_charts import draw, font
from assistant.documents.ledger_excel import write_bad
from assistant.domain.ledger import Filter, Gap, Level, Penalty, State, Tally
from assistant.errors import Cancelled, UnreadableFile, UnsupportedFormat, UsageError
from assistant.services import Services
from assistant.settings import Settings

TODAY = date.today()
NAMES = count()


@pytest.fixture
def services(tmp_path):
    made = Services(Settings(home=tmp_path / "home"))
    yield made
    made.ledger.repository.close()


@pytest.fixture
def tables(services):
    return services.ledger_tables


def excel(folder, rows, merged=(), name="台账.xlsx", **more):
    """A workbook as an office makes one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "隐患"
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for title, content in more.items():
        other = book.create_sheet(title)
        for row in content:
            other.append(row)
    path = folder / f"{next(NAMES)}-{name}"
    book.save(path)
    return path


def take(services, path, site="一店", **more):
    read = services.ledger_tables.understand(path, path.name, **more)
    return read, services.ledger_tables.take("甲", site, read, "张三")


def rows(services, owner="甲"):
    return sorted((row for _, _, row in services.ledger.rows(owner, Filter())), key=lambda row: (row.number, row.gap.hazard))


HEAD = ["序号", "检查日期", "存在的问题", "隐患级别", "整改要求", "整改责任人", "整改时限", "整改情况", "检查科室"]


def test_an_offices_table_with_title_other_names_and_extra_columns(services, tmp_path):
    path = excel(
        tmp_path,
        [
            ["某厂2026年隐患排查台账"],
            HEAD,
            [1, date(2026, 3, 1), "配电箱没有门", "一般隐患", "装门", "张三", "2026年3月8日", "未整改", "动力科"],
            [2, "2026.3.2", "粉尘没有清扫", "重大事故隐患", "停产清扫", "李四", "立即", "已整改", "安环科"],
            [3, "20260303", "出口上锁", "较大", "开锁", "王五", "3日内", "已闭环", ""],
        ],
        说明=[["填表人：张三"], ["没有表"]],
    )
    read, done = take(services, path)
    assert read.columns["隐患内容"] == "存在的问题"
    assert read.columns["整改期限"] == "整改时限"
    assert read.kept == ("检查科室",)
    assert (done.added, done.again, done.same, done.bad, done.sites) == (3, 0, 0, (), ("一店",))
    first, second, third = rows(services)
    assert (first.gap.hazard, first.gap.level, first.gap.person, first.state) == ("配电箱没有门", Level.MINOR, "张三", State.OPEN)
    assert (first.gap.found, first.gap.deadline, first.gap.extra) == (date(2026, 3, 1), date(2026, 3, 8), {"检查科室": "动力科"})
    assert (second.gap.level, second.gap.deadline, second.state) == (Level.MAJOR, date(2026, 3, 2), State.TO_CHECK)
    assert (third.gap.deadline, third.state) == (date(2026, 3, 6), State.CLOSED)
    assert services.ledger.verify() == []


def test_cells_merged_over_rows_hold_for_each_and_a_site_column_makes_ledgers(services, tmp_path):
    path = excel(
        tmp_path,
        [
            ["场所", "隐患内容", "责任人"],
            ["东区", "甲", "张三"],
            [None, "乙", None],
            ["西区", "丙", "李四"],
            [None, "丁", "王五"],
        ],
        merged=["A2:A3", "A4:A5", "C2:C3"],
    )
    _, done = take(services, path, site="")
    assert done.sites == ("东区", "西区")
    said = {(site, row.gap.hazard, row.gap.person) for _, site, row in services.ledger.rows("甲", Filter())}
    assert said == {("东区", "甲", "张三"), ("东区", "乙", "张三"), ("西区", "丙", "李四"), ("西区", "丁", "王五")}


def test_bad_rows_are_told_by_number_and_saved_with_all_their_cells(services, tmp_path):
    path = excel(
        tmp_path,
        [
            HEAD,
            [1, "2026-03-01", "好的一行", "一般", "", "", "2026-03-08", "", "甲科"],
            [2, "2026-03-01", "", "一般", "", "", "", "", "乙科"],
            [3, "2026-03-01", "没年份", "一般", "", "", "12月1日", "", "丙科"],
            [4, "2026-02-30", "没有这天", "一般", "", "", "", "", ""],
            [5, "", "看不懂的等级", "特急", "", "", "", "", ""],
            [6, "", "看不懂的状态", "", "", "", "", "差不多", ""],
            [7, "", "看不懂的期限", "", "", "", "尽快", "", ""],
        ],
    )
    read, done = take(services, path)
    assert done.added == 1
    assert [(one.number, one.what.split("，")[0]) for one in done.bad] == [
        (3, "没有写隐患内容"),
        (4, "整改期限“12月1日”没有年份"),
        (5, "发现日期“2026-02-30”日历上没有这一天"),
        (6, "隐患等级“特急”认不出"),
        (7, "整改状态“差不多”认不出"),
        (8, "整改期限“尽快”认不出是哪一天"),
    ]
    saved = tmp_path / "问题.xlsx"
    write_bad(saved, read, done.bad)
    again = openpyxl.load_workbook(saved).active
    assert [cell.value for cell in again[1]] == ["问题", "原表", "原行号", *HEAD]
    assert [cell.value or "" for cell in again[3]][3:] == ["3", "2026-03-01", "没年份", "一般", "", "", "12月1日", "", "丙科"]
    for row in again.iter_rows(min_row=2):  # put right, it comes in
        row[3 + 2].value = row[3 + 2].value or "补上的内容"
        row[3 + 3].value, row[3 + 6].value, row[3 + 7].value, row[3 + 1].value = "一般", "2026-12-01", "未整改", "2026-03-01"
    fixed = tmp_path / "改好.xlsx"
    again.parent.save(fixed)
    assert take(services, fixed)[1].added == 6


@pytest.mark.parametrize(
    ("head", "sentence"),
    [(["编号", "事项", "时间"], "没有找到“隐患内容”一列"), (["隐患内容"], "")],
)
def test_missing_columns(services, tmp_path, head, sentence):
    path = excel(tmp_path, [head, ["没有别的列", "", ""][: len(head)], ["第二行", "", ""][: len(head)]])
    if sentence:
        with pytest.raises(UsageError, match=sentence):
            take(services, path)
        return
    path = excel(tmp_path, [["隐患内容", "备注"], ["灭火器过期", "二楼"]])
    read, done = take(services, path)
    assert done.added == 1
    assert any("没有等级一列" in note for note in read.notes)
    assert any("没有整改期限一列" in note for note in read.notes)
    assert rows(services)[0].gap.found == TODAY


def test_a_site_has_to_be_named_somewhere(services, tmp_path):
    with pytest.raises(UsageError, match="请在导入时填写场所名称"):
        take(services, excel(tmp_path, [["隐患内容", "备注"], ["灭火器过期", "二楼"]]), site=" ")
    assert services.ledger.ledgers() == []


def test_imported_twice_changes_nothing_and_the_same_words_elsewhere_are_another_row(services, tmp_path):
    path = excel(tmp_path, [["隐患内容", "备注"], ["灭火器过期", "二楼"], ["灭火器过期", "三楼"], ["灭火器过期", "三楼"]])
    first, second = take(services, path)[1], take(services, path)[1]
    assert (first.added, first.same) == (2, 1)
    assert (second.added, second.again, second.same) == (0, 0, 3)


def test_formulas_give_their_last_value_and_words_like_formulas_stay_words(services, tmp_path):
    path = excel(tmp_path, [["隐患内容", "整改期限"], ["=1+1", "=TODAY()"], ["好的", "2026-12-01"]])
    read, done = take(services, path)
    assert done.added == 1
    assert done.bad[0].number == 2
    assert any("2 个公式没有存下结果（如 A2）" in note for note in read.notes)
    services.ledger.add("甲", "一店", [Gap("", '=HYPERLINK("http://x","点")')])
    target = tmp_path / "导出.xlsx"
    services.ledger_tables.export("甲", Filter(), target, charts=False)
    cells = {cell.value: cell.data_type for cell in openpyxl.load_workbook(target)["台账"]["C"]}
    assert cells['=HYPERLINK("http://x","点")'] in {"s", "inlineStr"}


def test_a_macro_is_not_run_and_said_so(services, tmp_path):
    plain = excel(tmp_path, [["隐患内容", "备注"], ["灭火器过期", "二楼"]])
    path = tmp_path / "带宏.xlsm"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for item in source.infolist():
            target.writestr(item, source.read(item))
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    read, done = take(services, path)
    assert done.added == 1
    assert any("宏没有运行" in note for note in read.notes)


@pytest.mark.parametrize(
    ("name", "content", "error", "sentence"),
    [
        ("旧.xls", b"\xd0\xcf\x11\xe0", UnsupportedFormat, "另存为 .xlsx"),
        ("坏.xlsx", b"PK\x03\x04 nothing", UnreadableFile, "不是完好的 Excel"),
        ("空.xlsx", b"", UnreadableFile, "不是完好的 Excel"),
        ("图.png", b"\x89PNG", UnsupportedFormat, "请给 .csv 或者 .xlsx"),
        ("空.csv", b"", UnreadableFile, "没有带表头的数据行"),
    ],
)
def test_what_is_no_table_is_one_sentence(services, tmp_path, name, content, error, sentence):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=sentence):
        take(services, tmp_path / name)


def test_gbk_and_utf8_tables_read_the_same(services, tmp_path):
    text = "隐患内容,整改期限\n出口上锁,2026/12/1\n"
    for name, encoding in (("gbk.csv", "gbk"), ("utf8.csv", "utf-8-sig")):
        (tmp_path / name).write_bytes(text.encode(encoding))
        read = services.ledger_tables.understand(tmp_path / name, name)
        assert (read.rows[0].gap.hazard, read.rows[0].gap.deadline) == ("出口上锁", date(2026, 12, 1))


def test_what_was_exported_comes_back_as_changes(services, tmp_path):
    gap = Gap(
        "tip.a", "没有报警器", Level.MAJOR, "应当装", ("安全生产法#36/4",), ("罚款",), deadline=date(2026, 12, 1), source="自查"
    )
    services.ledger.add("甲", "一店", [replace(gap, extra={"照片": "P1"}), replace(gap, key="b", hazard="出口上锁")])
    target = tmp_path / "导出.xlsx"
    assert services.ledger_tables.export("甲", Filter(), target) == 2
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["台账", "图"]
    assert len(book["图"]._images) == 3
    sheet = book["台账"]
    head = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, head["依据条文"]).value == "《安全生产法》第三十六条第四款"
    assert sheet.cell(2, head["整改期限"]).value.date() == date(2026, 12, 1)
    assert "照片" in head
    _, done = take(services, target, site="")
    assert (done.added, done.again, done.same, done.bad) == (0, 0, 2, ())
    sheet.cell(2, head["责任人"]).value = "张三"
    sheet.cell(2, head["整改状态"]).value = "整改中"
    sheet.cell(3, head["整改状态"]).value = "已销号"
    edited = tmp_path / "改过.xlsx"
    book.save(edited)
    _, done = take(services, edited, site="")
    assert (done.added, done.again, done.same) == (0, 1, 0)
    assert "不能直接改成“已销号”" in done.bad[0].what
    assert "出口上锁" in done.bad[0].cells
    moved = next(row for row in rows(services) if row.gap.person)
    assert (moved.state, moved.gap.person, moved.gap.cites) == (State.AT_WORK, "张三", ("安全生产法#36/4",))
    assert services.ledger.verify() == []


def test_columns_that_only_later_rows_have_are_exported_too(services, tmp_path):
    services.ledger.add("甲", "一店", [Gap(f"k{n}", f"第{n}条", deadline=date(2026, 1, 1)) for n in range(600)])
    services.ledger.add("甲", "一店", [Gap("z", "最后一条", extra={"照片编号": "P77"})])
    target = tmp_path / "导出.xlsx"
    services.ledger_tables.export("甲", Filter(), target, charts=False)
    cells = [str(cell.value) for row in openpyxl.load_workbook(target)["台账"].iter_rows() for cell in row]
    assert "照片编号：P77" in cells


def test_a_site_with_a_name_too_long_stops_the_import_before_anything_is_written(services, tmp_path):
    path = excel(tmp_path, [["场所", "隐患内容"], ["东区", "甲"], ["店" * 61, "乙"]])
    with pytest.raises(UsageError, match="60字以内"):
        take(services, path)
    assert services.ledger.ledgers() == []


def test_a_long_export_tells_how_far_it_is_and_leaves_nothing_when_stopped(services, tmp_path):
    services.ledger.add("甲", "一店", [Gap(f"k{n}", f"第{n}条") for n in range(2500)])
    steps = []
    target = tmp_path / "导出.xlsx"
    services.ledger_tables.export("甲", Filter(), target, lambda *step: steps.append(step), charts=False)
    assert steps == [("导出台账", 1000, 2500), ("导出台账", 2000, 2500)]
    before = target.read_bytes()
    with pytest.raises(Cancelled):
        services.ledger_tables.export("甲", Filter(), target, cancelled=lambda: True, charts=False)
    assert target.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".xlsx"] == ["导出.xlsx"]


@pytest.mark.slow
def test_a_hundred_thousand_rows_lose_none(services, tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["隐患内容", "整改期限", "责任人"])
    for number in range(100_000):
        sheet.append([f"第{number}处灭火器压力不足" if number != 77_777 else "", "2026-12-01", f"人{number % 90}"])
    path = tmp_path / "大.xlsx"
    book.save(path)
    _, done = take(services, path)
    assert (done.added, [one.number for one in done.bad]) == (99_999, [77_779])
    assert services.ledger.tally("甲", Filter()).total == 99_999


# Findings of platforms

TIP = Gap("tip.gas", "可燃气体泄漏报警", Level.MAJOR, "应当查漏", ("安全生产法#36/4",), ("责令限期改正",), "关阀通风", "店长")


@pytest.fixture
def matching(services):
    services.ledger_tables._match = lambda words: TIP if "燃气" in words else None
    return services


def test_findings_of_a_platform_become_rows_with_duty_and_liability(matching, tmp_path):
    text = (
        "报警时间,报警类型,报警内容,报警等级,设备名称,安装位置,场所,电池电量\n"
        "2026-11-02 03:04:05,燃气浓度超限,浓度 25%LEL,紧急,探测器7,后厨,南山店,80%\n"
        "2026-11-03 08:00:00,燃气浓度超限,浓度 30%LEL,紧急,探测器7,后厨,南山店,79%\n"
        "2026-11-03 09:00:00,未戴安全帽,,一般,摄像头3,门口,南山店,\n"
        "2026-11-03 10:00:00,,,一般,摄像头3,门口,南山店,\n"
    )
    path = tmp_path / "告警.csv"
    path.write_bytes(text.encode("gbk"))
    read, done = take(matching, path, site="", findings=True)
    assert (done.added, done.again, [one.number for one in done.bad]) == (2, 1, [5])
    assert "有 1 条没有对上风险提示" in read.notes[0]
    assert read.kept == ("电池电量",)
    gas, helmet = rows(matching)
    assert gas.gap.hazard == "燃气浓度超限：浓度 25%LEL（探测器7，后厨）"
    assert (gas.gap.key, gas.gap.level, gas.gap.duty, gas.gap.cites) == ("tip.gas", Level.MAJOR, TIP.duty, TIP.cites)
    assert gas.gap.extra == {"电池电量": "80%", "告警级别": "紧急"}
    assert (gas.repeats, gas.gap.found, gas.gap.source) == (1, date(2026, 11, 2), "监测平台 探测器7 2026-11-02 03:04:05")
    again = matching.ledger.history("甲", matching.ledger.ledgers("甲")[0].id, gas.id)[-1][0]
    assert again.after["extra"]["电池电量"] == "79%"
    assert (helmet.gap.hazard, helmet.gap.cites, helmet.gap.level) == ("未戴安全帽（摄像头3，门口）", (), Level.MINOR)
    assert take(matching, path, site="", findings=True)[1].same == 3


@pytest.mark.parametrize("shape", ["list", "wrapped", "lines"])
def test_findings_as_json(matching, tmp_path, shape):
    items = [
        {"alarm_id": "A1", "type": "燃气泄漏", "time": "2026-11-02T03:04:05", "device": {"name": "探测器7"}, "level": "重大"},
        {"alarm_id": "A2", "type": "通道占用", "time": "2026-11-02T04:04:05", "score": 0.9},
    ]
    path = tmp_path / ("告警.jsonl" if shape == "lines" else "告警.json")
    made = {"list": json.dumps(items), "wrapped": json.dumps({"code": 0, "data": {"total": 2, "records": items}})}
    path.write_text(made.get(shape) or "\n".join(map(json.dumps, items)), encoding="utf-8")
    _, done = take(matching, path, findings=True)
    assert done.added == 2
    first, second = rows(matching)
    assert (first.gap.level, first.gap.found, first.gap.hazard) == (Level.MAJOR, date(2026, 11, 2), "燃气泄漏（探测器7）")
    assert (second.gap.hazard, second.gap.extra) == ("通道占用", {"score": "0.9"})


@pytest.mark.parametrize(
    ("content", "sentence"), [("{", "不是完好的 JSON"), ("[1, 2]", "没有告警记录"), ('{"a": 1}', "没有找到告警内容")]
)
def test_findings_that_are_none_are_one_sentence(services, tmp_path, content, sentence):
    path = tmp_path / "告警.json"
    path.write_text(content)
    with pytest.raises((UnreadableFile, UsageError), match=sentence):
        take(services, path, findings=True)


# After a penalty


def test_rules_for_a_gap_that_came_back_show_only_where_what_they_ask_for_is_on_record(services):
    gap = Gap("tip.a", "没有报警器", Level.MAJOR, cites=("安全生产法#36/4", "安全生产法#99/1/2"), source="一", found=TODAY)
    services.ledger.add("甲", "一店", [gap])
    key = services.ledger.ledgers("甲")[0].id

    def shown(*penalties, level=Level.MAJOR, cites=gap.cites):
        (row,) = rows(services)
        made = replace(row, gap=replace(row.gap, level=level, cites=cites), after_penalty=penalties)
        return [rule.key for rule in services.ledger_tables.repeats("甲", key, made)]

    day = timedelta(days=1)
    fine = Penalty(TODAY - 30 * day, "罚款")
    assert shown() == []
    assert shown(fine) == ["heavier_ongoing", "daily"]
    assert shown(fine, cites=("特种设备安全法#84",)) == []
    assert shown(fine, fine) == ["heavier_ongoing", "heavier_twice", "daily"]
    assert shown(fine, replace(fine, on=TODAY - 400 * day)) == ["heavier_ongoing", "daily"]
    halt = Penalty(TODAY - day, "责令停产停业整顿")
    assert shown(halt) == ["heavier_ongoing", "closing_unfit", "crime_dangerous_work"]
    assert shown(halt, level=Level.SERIOUS) == ["heavier_ongoing", "closing_unfit"]
    assert shown(fine, cites=("消防法#16",)) == []
    assert shown(replace(fine, number="南消行罚决字〔2026〕1号"), cites=("消防法#16",)) == ["crime_fire"]
    (row,) = rows(services)
    for days in (10, 100, 180):
        services.ledger.punish("甲", key, row.id, Penalty(TODAY - days * day, "罚款"), "李四")
    assert "closing_180_days" in shown(fine)
    assert "closing_180_days" not in shown(fine, level=Level.SERIOUS)
    assert "closing_year" not in shown(fine)
    services.ledger.punish("甲", key, row.id, Penalty(TODAY - 300 * day, "罚款"), "李四")
    assert "closing_year" in shown(fine)


# Charts

TALLY = Tally(6, {"待整改": 3, "已销号": 3, "逾期": 1}, {"南山店": 4, "<北>店&": 2}, {"2026-10": 2, "2026-11": 4}, {"2026-10": 2})


@pytest.mark.parametrize("kind", ["state", "site", "month"])
def test_charts_are_drawn_as_pictures_and_as_words_that_stay_words(kind):
    assert draw(kind, TALLY, "png").startswith(b"\x89PNG")
    svg = draw(kind, TALLY, "svg").decode()
    assert {"state": "待整改", "site": "&lt;北&gt;店&amp;", "month": "2026-10"}[kind] in svg
    assert "http" not in svg.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    )
    assert draw(kind, TALLY, "svg") == svg.encode()


def test_a_machine_without_chinese_fonts_gets_letters_and_their_meaning(monkeypatch):
    from assistant.documents import ledger_charts

    monkeypatch.setattr(ledger_charts, "font", lambda: "")
    assert draw("state", TALLY, "png").startswith(b"\x89PNG")
    said = ledger_charts.legend("state", TALLY)
    assert "A 待整改 3；B 整改中 0" in said
    assert "fonts-noto-cjk" in said


def test_a_chinese_font_of_this_machine_is_found():
    if not any(name in (font() or "") for name in ("CJK", "Han", "Wen", "YaHei", "Sim", "Ping", "Hei", "Arial", "Droid")):
        pytest.skip("no Chinese font is installed: apt-get install fonts-noto-cjk")
    from assistant.documents.ledger_charts import legend

    assert legend("state", TALLY) == ""
