"""``anheng ledger`` as processes: a row from the first word to 销号, two homes, exit codes, one sentence for what is wrong."""

import json
import re
import sqlite3

import openpyxl
import pytest


@pytest.fixture
def homes(tmp_path):
    return tmp_path / "企业", tmp_path / "检察院"


def row_id(ran):
    return re.search(r"^[0-9a-f]{8}", ran.out, re.M)[0]


def test_a_row_from_registration_to_its_end(anheng, homes, tmp_path):
    home, _ = homes
    made = anheng(
        "ledger", "add", "一店", "没有装报警器", "--level", "重大", "--deadline", "2026-01-05", "--by", "张三", home=home
    )
    assert made.code == 0
    assert "[重大] 没有装报警器  待整改（逾期" in made.out
    key = row_id(made)
    refused = anheng("ledger", "state", key, "已销号", home=home)
    assert (refused.code, refused.sentence) == (2, "第1行现在是“待整改”，不能直接改成“已销号”，可以改成“整改中”或者“待复查”。")
    (tmp_path / "照片.jpg").write_bytes(b"photo")
    assert anheng("ledger", "state", key, "待复查", "--file", tmp_path / "照片.jpg", "--by", "张三", home=home).code == 0
    assert anheng("ledger", "state", key, "已销号", home=home).out == "第1行现在是“已销号”。\n"
    (row,) = anheng("ledger", "list", "--json", home=home).json
    assert (row["state"], row["overdue"], row["evidence"][0]["name"]) == ("已销号", False, "照片.jpg")
    assert anheng("ledger", "list", "--state", "逾期", home=home).out == "共 0 行：\n"


def test_a_packet_between_two_homes_and_back(anheng, homes, tmp_path):
    firm, office = homes
    key = row_id(anheng("ledger", "add", "一店", "没有装报警器", "--by", "张三", home=firm))
    packet, back = tmp_path / "一店.anheng", tmp_path / "交回.anheng"
    sent = anheng("ledger", "packet", packet, home=firm)
    fingerprint = re.search(r"指纹：([0-9a-f-]{19})", sent.out)[1]
    loaded = anheng("ledger", "load", packet, home=office)
    assert f"签名指纹 {fingerprint}" in loaded.out
    assert "新增 2 条记录" in loaded.out
    assert anheng("ledger", "remarks", key, "请补充检测记录", "--by", "王检", home=office).code == 0
    assert anheng("ledger", "state", key, "整改中", home=office).sentence.startswith("这是别处发来的台账")
    anheng("ledger", "packet", back, home=office)
    assert "其中检察意见 1 条" in anheng("ledger", "load", back, home=firm).out
    assert "王检（数据包指纹" in anheng("ledger", "remarks", home=firm).out
    content = bytearray(back.read_bytes())
    content[90] ^= 4
    back.write_bytes(content)
    refused = anheng("ledger", "load", back, home=firm)
    assert refused.code == 1
    assert "没有载入" in refused.sentence


def test_tables_in_and_out(anheng, homes, tmp_path):
    home, _ = homes
    book = openpyxl.Workbook()
    for row in [["存在的问题", "整改时限"], ["出口上锁", "2026-12-01"], ["没写年份", "12月1日"]]:
        book.active.append(row)
    book.save(tmp_path / "台账.xlsx")
    looked = anheng("ledger", "import", tmp_path / "台账.xlsx", "--site", "一店", "--look", home=home)
    assert "隐患内容←存在的问题" in looked.out
    assert anheng("ledger", "list", home=home).out == "共 0 行：\n"
    bad = tmp_path / "坏.xlsx"
    done = anheng("ledger", "import", tmp_path / "台账.xlsx", "--site", "一店", "--bad", bad, home=home)
    assert "第3行没有导入：整改期限“12月1日”没有年份" in done.out
    assert "新登记 1 行，更新 0 行，已有 0 行，没有导入 1 行（一店）。" in done.out
    assert openpyxl.load_workbook(bad).active.cell(2, 4).value == "没写年份"
    (tmp_path / "告警.json").write_text(json.dumps([{"type": "烟感报警", "time": "2026-11-02 10:00:00", "id": "A1"}]))
    assert "新登记 1 行" in anheng("ledger", "findings", tmp_path / "告警.json", "--site", "一店", home=home).out
    assert anheng("ledger", "export", tmp_path / "出.xlsx", home=home).out.startswith("已导出 2 行")
    assert openpyxl.load_workbook(tmp_path / "出.xlsx")["台账"].max_row == 3
    for name in ("图.png", "图.svg"):
        assert anheng("ledger", "chart", tmp_path / name, "--by-what", "month", home=home).code == 0
    assert (tmp_path / "图.png").read_bytes().startswith(b"\x89PNG")


def test_verify_finds_what_was_changed_and_says_where(anheng, homes):
    home, _ = homes
    anheng("ledger", "add", "一店", "没有装报警器", home=home)
    assert anheng("ledger", "verify", home=home).code == 0
    with sqlite3.connect(home / "anheng.db") as connection:
        (body,) = connection.execute("SELECT body FROM ledger_entries WHERE seq = 2").fetchone()
        connection.execute("UPDATE ledger_entries SET body = ? WHERE seq = 2", (body.replace("没有".encode(), "已经".encode()),))
    connection.close()
    found = anheng("ledger", "verify", home=home)
    assert found.code == 4
    assert "一店  第2条记录：内容或者哈希被改动" in found.out


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("state", "abcd1234", "整改中"), "没有对应的行"),
        (("state", "abcd1234", "好了"), "状态“好了”不对"),
        (("add", "一店", "隐患", "--deadline", "明天"), "日期“明天”写法不对"),
        (("add", "一店", "隐患", "--level", "特大"), "等级“特大”不对"),
        (("packet", "x.zip"), "请写 .anheng 文件名"),
        (("packet", "x.anheng"), "还没有台账"),
        (("load", "没有.anheng"), "打不开"),
        (("import", "没有.xlsx"), "找不到"),
        (("export", "x.csv"), "请写 .xlsx 文件名"),
        (("chart", "x.bmp"), "请写 .png 或者 .svg"),
    ],
)
def test_what_is_wrong_is_one_sentence(anheng, homes, command, sentence):
    ran = anheng("ledger", *command, home=homes[0])
    assert ran.code in (1, 2)
    assert sentence in ran.sentence
