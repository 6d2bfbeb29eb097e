"""台账 on both databases: what becomes a row, how it may change, what is found changed, and that nothing is ever half done."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outside import ROOT, environment

from assistant.domain.ledger import OVERDUE, UNCLOSED, Evidence, Filter, Gap, Level, Penalty, State
from assistant.errors import Cancelled, HomeError, NotFound, UsageError
from assistant.ledger import LedgerService
from assistant.settings import Settings

TODAY = date.today()
GAP = Gap(
    "tip.gas.no_alarm",
    "没有装可燃气体报警装置",
    Level.MAJOR,
    duty="应当安装并保证正常使用",
    cites=("安全生产法#36/4",),
    liability=("责令限期改正",),
    measure="装报警器",
    post="店长",
    deadline=TODAY + timedelta(days=3),
    source="自查 第一次",
    found=TODAY - timedelta(days=40),
)


@pytest.fixture
def ledger(tmp_path, database):
    return LedgerService(Settings(home=tmp_path, **database))


def only(ledger, owner="甲"):
    """The only row there is: ledger id and row."""
    ((key, _, row),) = ledger.rows(owner, Filter())
    return key, row


def closed(ledger):
    key, row = only(ledger)
    for state in (State.AT_WORK, State.TO_CHECK, State.CLOSED):
        row = ledger.move("甲", key, row.id, state, "张三", "已现场复查")
    return key, row


def test_a_gap_becomes_a_row_of_its_owner_and_of_nobody_else(ledger):
    (row,) = ledger.add("甲", " 南山路12号  餐饮店 ", [GAP], "张三")
    key, found = only(ledger)
    assert found == row
    assert (found.gap, found.number, found.state, found.repeats) == (GAP, 1, State.OPEN, 0)
    assert [one.site for one in ledger.ledgers("甲")] == ["南山路12号 餐饮店"]
    assert not ledger.rows("乙", Filter())
    assert not ledger.ledgers("乙")
    for act in (
        lambda: ledger.history("乙", key, row.id),
        lambda: ledger.move("乙", key, row.id, State.AT_WORK, "李四"),
        lambda: ledger.row("乙", key, row.id),
        lambda: ledger.remark("乙", key, row.id, "看看", "李四"),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_row_goes_through_its_states_and_remembers_who_when_and_what(ledger):
    ledger.add("甲", "一店", [GAP], "张三")
    key, row = only(ledger)
    with pytest.raises(UsageError, match="不能直接改成“已销号”，可以改成“整改中”或者“待复查”"):
        ledger.move("甲", key, row.id, State.CLOSED, "张三")
    ledger.move("甲", key, row.id, State.TO_CHECK, "张三")
    with pytest.raises(UsageError, match="销号要有凭据"):
        ledger.move("甲", key, row.id, State.CLOSED, "张三")
    proof = Evidence("照片.jpg", "0" * 64, 3)
    ledger.move("甲", key, row.id, State.CLOSED, "李四", files=[proof])
    with pytest.raises(UsageError, match="写明原因"):
        ledger.move("甲", key, row.id, State.AT_WORK, "李四")
    row = ledger.move("甲", key, row.id, State.AT_WORK, "王检", "回头看：又拆了")
    assert row.state is State.AT_WORK
    assert row.evidence == (proof,)
    told = [
        (entry.deed.value, entry.who, entry.before, entry.after.get("state")) for entry, _ in ledger.history("甲", key, row.id)
    ]
    assert told[0][:2] == ("登记", "张三")
    assert told[1:] == [
        ("状态", "张三", {"state": "待整改"}, "待复查"),
        ("状态", "李四", {"state": "待复查"}, "已销号"),
        ("状态", "王检", {"state": "已销号"}, "整改中"),
    ]


def test_other_fields_change_with_what_they_were(ledger):
    ledger.add("甲", "一店", [GAP])
    key, row = only(ledger)
    later = TODAY + timedelta(days=9)
    row = ledger.amend("甲", key, row.id, {"person": "张三", "deadline": later.isoformat(), "post": "店长"}, "李四", "延期")
    assert (row.gap.person, row.gap.deadline) == ("张三", later)
    (entry, _) = ledger.history("甲", key, row.id)[-1]
    assert entry.before == {"person": "", "deadline": GAP.deadline.isoformat()}
    count = len(ledger.history("甲", key, row.id))
    assert ledger.amend("甲", key, row.id, {"person": "张三"}, "李四") == row
    assert len(ledger.history("甲", key, row.id)) == count
    for values in ({"hazard": "别的"}, {"state": "已销号"}, {"found": "2020-01-01"}):
        with pytest.raises(UsageError, match="登记后不能改"):
            ledger.amend("甲", key, row.id, values, "李四")
    with pytest.raises(UsageError, match="2026-12-31 的样子"):
        ledger.amend("甲", key, row.id, {"deadline": "下周"}, "李四")


def test_the_same_find_is_counted_once_and_a_later_one_stands_out(ledger):
    ledger.add("甲", "一店", [GAP])
    assert ledger.add("甲", "一店", [GAP, GAP]) == ()
    (row,) = ledger.add("甲", "一店", [replace(GAP, source="自查 第二次", found=TODAY)])
    assert (row.number, row.repeats) == (1, 1)
    assert ledger.add("甲", "一店", [replace(GAP, source="自查 第二次", found=TODAY)]) == ()
    closed(ledger)
    (again,) = ledger.add("甲", "一店", [replace(GAP, source="自查 第三次", found=TODAY)])
    assert (again.number, again.state, again.repeats, again.after_penalty) == (2, State.OPEN, 2, ())
    (other,) = ledger.add("甲", "二店", [replace(GAP, source="自查 第三次", found=TODAY)])
    assert other.repeats == 0
    assert [row.number for _, site, row in ledger.rows("甲", Filter(repeated=True)) if site == "一店"] == [2, 1]


def test_a_gap_that_comes_back_after_a_penalty_says_which(ledger):
    ledger.add("甲", "一店", [GAP])
    key, row = only(ledger)
    penalty = Penalty(TODAY - timedelta(days=20), "罚款", "某应急罚〔2026〕7号")
    ledger.punish("甲", key, row.id, penalty, "李四")
    with pytest.raises(UsageError, match="不能晚于今天"):
        ledger.punish("甲", key, row.id, replace(penalty, on=TODAY + timedelta(days=1)), "李四")
    closed(ledger)
    before, after = replace(GAP, source="补录", found=TODAY - timedelta(days=30)), replace(GAP, source="自查", found=TODAY)
    assert ledger.add("甲", "一店", [before])[0].after_penalty == ()
    assert ledger.add("甲", "一店", [after])[0].after_penalty == (penalty,)


def test_gaps_told_in_words_alone_are_never_merged(ledger):
    told = Gap("", "灭火器过期", source="导入", found=TODAY - timedelta(days=5))
    ledger.add("甲", "一店", [replace(told, note="三楼"), replace(told, note="二楼"), replace(told, note="二楼")])
    assert len(ledger.rows("甲", Filter())) == 2
    (later,) = ledger.add("甲", "一店", [replace(told, hazard="灭火器 过期。", source="导入二", found=TODAY)])
    assert (later.number, later.repeats) == (3, 2)


def test_filters_and_counts(ledger):
    day = timedelta(days=1)
    made = [
        replace(GAP, key="a", deadline=TODAY - day, person="张三", found=date(2026, 9, 1)),
        replace(GAP, key="b", deadline=TODAY, found=date(2026, 10, 1), hazard="疏散通道堵了"),
        replace(GAP, key="c", deadline=None, state=State.AT_WORK, found=date(2026, 10, 2)),
        replace(GAP, key="d", deadline=TODAY - day, state=State.CLOSED, found=date(2026, 10, 3), post="安全员"),
    ]
    ledger.add("甲", "一店", made[:3])
    ledger.add("甲", "二店", made[3:])
    ledger.add("乙", "三店", made)

    def keys(**wanted):
        return "".join(row.gap.key for _, _, row in ledger.rows("甲", Filter(**wanted)))

    assert keys() == "abcd"
    assert keys(state=OVERDUE) == "a"
    assert keys(state=UNCLOSED) == "abc"
    assert keys(state="已销号") == "d"
    assert keys(month="2026-10") == "bcd"
    assert keys(person="张三") == "a"
    assert keys(person="安全员") == "d"
    assert keys(words="通道 堵") == "b"
    assert keys(words="%") == ""
    assert keys(ledger=ledger.ledgers("甲")[0].id, state=UNCLOSED) == "abc"
    assert [row.gap.key for _, _, row in ledger.rows("甲", Filter(), 2, 1)] == ["b", "c"]
    tally = ledger.tally("甲", Filter())
    assert tally.total == 4
    assert dict(tally.states) == {"待整改": 2, "整改中": 1, "已销号": 1, "逾期": 1}
    assert dict(tally.sites) == {"一店": 3, "二店": 1}
    assert list(tally.months.items()) == [("2026-09", 1), ("2026-10", 3)]
    assert tally.closed_months["2026-10"] == 1
    assert dict(tally.people) == {"店长": 2, "张三": 1, "安全员": 1}
    assert [row.gap.key for _, _, row in ledger.queries.due("甲", TODAY, 7, 9)] == ["a", "b"]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda ledger: ledger.add("甲", "  ", [GAP]), "请写明场所名称"),
        (lambda ledger: ledger.add("甲", "店" * 61, [GAP]), "60字以内"),
        (lambda ledger: ledger.add("甲", "一店", [Gap("", "  ")]), "没有内容"),
        (lambda ledger: ledger.history("甲", "没有", "没有"), "不在记录里"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(ledger, act, sentence):
    with pytest.raises((UsageError, NotFound), match=sentence):
        act(ledger)


def test_two_at_once_lose_nothing(ledger):
    ledger.add("甲", "一店", [replace(GAP, key=f"k{n}") for n in range(8)])
    rows = [(key, row.id) for key, _, row in ledger.rows("甲", Filter())]
    failed = []

    def work(mine):
        try:
            for key, row in mine:
                ledger.move("甲", key, row, State.AT_WORK, threading.current_thread().name)
                ledger.add("甲", "一店", [replace(GAP, key=f"{row}-{threading.current_thread().name}")])
        except Exception as error:  # noqa: BLE001  whatever it is, the test shows it
            failed.append(error)

    threads = [threading.Thread(target=work, args=(rows[n::4],), name=f"人{n}") for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert ledger.tally("甲", Filter()).total == 16
    assert dict(ledger.tally("甲", Filter()).states) == {"整改中": 8, "待整改": 8, "逾期": 0}
    assert ledger.verify() == []


def test_a_cancelled_import_leaves_the_ledger_as_it_was(ledger):
    ledger.add("甲", "一店", [GAP])
    before = ledger.rows("甲", Filter())
    key = before[0][0]
    calls = []
    with pytest.raises(Cancelled):
        ledger.register(
            "甲",
            key,
            [replace(GAP, key=f"k{n}") for n in range(5000)],
            "张三",
            lambda *step: calls.append(step),
            lambda: len(calls) > 1,
        )
    assert calls[0] == ("写入台账", 2000, 5000)
    assert ledger.rows("甲", Filter()) == before
    assert ledger.verify() == []


# What is found changed


def used(home, **database):
    """A ledger with something of each kind in it."""
    ledger = LedgerService(Settings(home=home, **database))
    ledger.add("甲", "一店", [GAP, replace(GAP, key="b", hazard="安全出口上锁")], "张三")
    key, _, row = ledger.rows("甲", Filter())[0]
    photo = home / "照片.jpg"
    photo.write_bytes(os.urandom(300))
    ledger.attach("甲", key, row.id, [ledger.files.keep(photo)], "张三")
    ledger.punish("甲", key, row.id, Penalty(TODAY, "罚款", "1号"), "李四")
    ledger.remark("甲", key, row.id, "请补充检测记录", "王检")
    return ledger


def test_a_changed_row_a_missing_end_and_a_changed_file_are_found(tmp_path, database):
    ledger = used(tmp_path, **database)
    assert ledger.verify() == []

    def after(sql, **values):
        from sqlalchemy import text

        with ledger.repository._engine.connect() as connection:
            connection.execute(text(sql), values)
            connection.commit()
        return [f"{fault.where}：{fault.what}" for fault in ledger.verify()]

    assert after("UPDATE ledger_rows SET due = '2099-01-01' WHERE number = 2") == ["第2行：与记录不符（due）"]
    assert after("UPDATE ledger_rows SET due = :due WHERE number = 2", due=GAP.deadline.isoformat()) == []
    file = next((tmp_path / "ledger" / "files").iterdir())
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert after("SELECT 1") == ["第4条记录的证据“照片.jpg”：文件缺失或者被改动"]
    file.write_bytes(content)
    assert after("DELETE FROM ledger_entries WHERE seq = 6")[0] == "末尾：应有6条记录，现有5条，或者末条的哈希不符"
    assert after("DELETE FROM ledger_rows WHERE number = 2")[-1] == "第2行：被删除"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("used")
    used(folder).repository.close()
    return folder


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_changed_byte_of_any_entry_is_found(home, data):
    columns = ("ledger_id", "seq", "row_id", "body", "via", "hash")
    connection = sqlite3.connect(home / "anheng.db", isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        rows = connection.execute("SELECT seq, ledger_id FROM ledger_entries ORDER BY seq").fetchall()
        seq, ledger_id = data.draw(st.sampled_from(rows))
        column = data.draw(st.sampled_from([name for name in columns if name != "seq"]))
        where = "WHERE seq = ? AND ledger_id = ?"
        (old,) = connection.execute(f"SELECT CAST({column} AS BLOB) FROM ledger_entries {where}", (seq, ledger_id)).fetchone()
        at = data.draw(st.integers(0, len(old) - 1)) if old else None
        bit = data.draw(st.integers(1, 255))
        made = bytes([*old[:at], old[at] ^ bit, *old[at + 1 :]]) if old else bytes([bit])
        kind = "BLOB" if column == "body" else "TEXT"
        where_now = "WHERE seq = ? AND ledger_id = CAST(? AS TEXT)"
        connection.execute(f"UPDATE ledger_entries SET {column} = CAST(? AS {kind}) {where}", (made, seq, ledger_id))
        ledger = LedgerService(Settings(home=home))
        try:
            assert ledger.verify() != []
        finally:
            ledger.repository.close()
            now = made if column == "ledger_id" else ledger_id.encode()
            back = (old, seq, now)
            connection.execute(f"UPDATE ledger_entries SET {column} = CAST(? AS {kind}) {where_now}", back)
    finally:
        connection.close()
    ledger = LedgerService(Settings(home=home))
    assert ledger.verify() == []
    ledger.repository.close()


# Nothing is half done

KILLED = """
import sys
from assistant.domain.ledger import Gap
from assistant.ledger import LedgerService
from assistant.settings import Settings
import os, signal
ledger = LedgerService(Settings())
ledger.add("甲", "一店", [Gap("first", "第一条")])
key = ledger.ledgers("甲")[0].id
def progress(what, done, total):
    if done >= 4000:
        os.kill(os.getpid(), signal.SIGKILL)
ledger.register("甲", key, [Gap(f"k{n}", f"第{n}条") for n in range(9000)], "张三", progress)
"""


def test_kill_9_between_two_writes_leaves_nothing_half(tmp_path, database):
    given_url = {"ANHENG_STORE__URL": database["store"]["url"]} if database else {}
    env = environment(tmp_path, PYTHONPATH=str(ROOT), **given_url)
    ran = subprocess.run([sys.executable, "-c", KILLED], env=env, capture_output=True, text=True, timeout=120)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    ledger = LedgerService(Settings(home=tmp_path, **database))
    assert [row.gap.hazard for _, _, row in ledger.rows("甲", Filter())] == ["第一条"]
    assert ledger.verify() == []
    ledger.add("甲", "一店", [GAP])
    assert ledger.tally("甲", Filter()).total == 2
    assert ledger.verify() == []


FULL = """
import resource, signal, sys
from pathlib import Path
from assistant.domain.ledger import Filter, Gap
from assistant.errors import HomeError
from assistant.services import Services
from assistant.settings import Settings
services = Services(Settings())
ledger = services.ledger
ledger.add("甲", "一店", [Gap(f"a{n}", f"第{n}条隐患") for n in range(300)])
key = ledger.ledgers("甲")[0].id
proof = Path(sys.argv[1]) / "大.bin"
proof.write_bytes(bytes(range(256)) * 2000)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
folder = Path(sys.argv[1])
for act in (
    lambda: services.ledger_tables.export("甲", Filter(), folder / "x.xlsx", charts=False),
    lambda: services.packets.export("甲", key, folder / "x.anheng"),
    lambda: ledger.files.keep(proof),
    lambda: ledger.add("甲", "一店", [Gap(f"b{n}", f"第{n}条隐患") for n in range(5000)]),
):
    try:
        act()
        print("written")
    except HomeError as error:
        print(error)
"""


def test_a_full_disk_is_one_sentence_and_leaves_nothing_half(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    env = environment(tmp_path / "home", PYTHONPATH=str(ROOT))
    ran = subprocess.run([sys.executable, "-c", FULL, folder], env=env, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout.splitlines()
    assert len(told) == 4
    assert all("请检查" in line for line in told), told
    assert [one.name for one in folder.iterdir()] == ["大.bin"]
    ledger = LedgerService(Settings(home=tmp_path / "home"))
    assert ledger.tally("甲", Filter()).total == 300
    assert ledger.verify() == []
    assert not list((tmp_path / "home" / "ledger").glob("files/.*"))


def test_a_database_that_is_away_or_unknown_is_one_sentence(tmp_path):
    for url, sentence in (("postgresql://anheng:geheim@127.0.0.1:1/x", "请检查数据库是否开着"), ("nonsense", "无法读写")):
        with pytest.raises(HomeError, match=sentence) as caught:
            LedgerService(Settings(home=tmp_path, store={"url": url})).ledgers("甲")
        assert "geheim" not in str(caught.value)
