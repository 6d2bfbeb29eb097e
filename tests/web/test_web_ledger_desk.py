"""The desk of 台账 without a browser: failures in sentences, a signature that has changed, stopping, hostile words, repeats."""

import re
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from web_answers import ScriptedService

from assistant.domain.ledger import Filter, Gap, Level, Penalty, State
from assistant.ledger import LedgerService
from assistant.ledger_packets import LedgerPackets
from assistant.ledger_tables import LedgerTables
from assistant.settings import Settings
from assistant.web.ledger_desk import LedgerDesk
from assistant.web.ledger_files import LedgerFiles
from assistant.web.ledger_show import Held

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge_base"
ME = {"owner": "a" * 24}
TODAY = date.today()
EVIL = '<script>window.hit=1</script>"><img src=x onerror=1>'
GAP = Gap("tip.a", "没有报警器", Level.MAJOR, cites=("安全生产法#36/4",), source="自查一", found=TODAY - timedelta(days=60))


def at(home):
    """A service whose ledgers lie in that home."""
    service = ScriptedService()
    service.ledger = LedgerService(Settings(home=home))
    service.ledger_tables = LedgerTables(service.ledger, KNOWLEDGE, lambda: service.sources, lambda words: None)
    service.packets = LedgerPackets(service.ledger)
    return service


@pytest.fixture
def service(tmp_path):
    return at(tmp_path / "本机")


@pytest.fixture
def desk(service):
    return LedgerDesk(service)


def last(events):
    *_, shown = events
    return shown


def opened(desk, hazard):
    owner = ME["owner"]
    key, _, row = next(one for one in desk.service.ledger.rows(owner, Filter()) if one[2].gap.hazard == hazard)
    return desk.act("open", Held(), ME, "张三", {"ledger": key, "row": row.id})


def test_hostile_words_are_shown_as_words_everywhere(desk):
    gap = replace(GAP, hazard=EVIL, duty=EVIL, measure=EVIL, post=EVIL, person=EVIL, source=EVIL, note=EVIL, extra={EVIL: EVIL})
    desk.service.ledger.add(ME["owner"], EVIL[:60], [replace(gap, liability=(EVIL,), cites=(EVIL,))], EVIL)
    page = opened(desk, EVIL).page
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_a_failure_is_a_sentence_and_leaves_the_page_as_it_was(desk):
    desk.service.ledger.add(ME["owner"], "一店", [GAP])
    shown = opened(desk, GAP.hazard)
    held = shown.held
    refused = desk.act("move", held, ME, "张三", {"ledger": held.ledger, "row": held.row, "to": "已销号"})
    assert "不能直接改成“已销号”" in refused.page
    assert refused.held.row == held.row
    gone = desk.act("open", held, ME, "张三", {"ledger": "x", "row": "y"})
    assert "不在记录里" in gone.page
    broken = desk.act("register", held, ME, "张三", {"new_site": "一店", "new_level": "没有这级"})
    assert 'role="alert"' in broken.page
    assert "没有这级" not in broken.page


def test_a_row_of_another_owner_does_not_open(desk):
    desk.service.ledger.add("b" * 24, "别家", [GAP])
    key, _, row = desk.service.ledger.rows("b" * 24, Filter())[0]
    shown = desk.act("open", Held(), ME, "张三", {"ledger": key, "row": row.id})
    assert GAP.hazard not in shown.page
    assert desk.show(Held(ledger=key, row=row.id), ME).page.count(GAP.hazard) == 0


def test_a_repeat_after_a_penalty_shows_the_rule_its_condition_and_its_source(desk):
    ledger, owner = desk.service.ledger, ME["owner"]
    ledger.add(owner, "一店", [GAP])
    key, _, row = ledger.rows(owner, Filter())[0]
    ledger.punish(owner, key, row.id, Penalty(TODAY - timedelta(days=30), "罚款", "1号"), "李四")
    for state in (State.AT_WORK, State.TO_CHECK, State.CLOSED):
        ledger.move(owner, key, row.id, state, "张三", "看过")
    (again,) = ledger.add(owner, "一店", [replace(GAP, source="自查二", found=TODAY)])
    shown = desk.act("open", Held(), ME, "张三", {"ledger": key, "row": again.id})
    assert "处罚后又出现" in shown.page
    assert "按日连续处罚" in shown.page
    assert "《安全生产法》第一百一十二条" in shown.side
    assert "危险作业罪" not in shown.page


def test_a_changed_signature_is_told_and_taken_once_it_is_confirmed(desk, tmp_path):
    firm = at(tmp_path / "企业")
    firm.ledger.add("甲", "一店", [GAP])
    key = firm.ledger.ledgers("甲")[0].id
    files = LedgerFiles(desk)

    def sent(name):
        path = tmp_path / name
        firm.packets.export("甲", key, path)
        return str(path)

    assert "已载入“一店”" in last(files.packet_in(Held(), ME, sent("一.anheng"))).page
    (tmp_path / "企业" / "ledger" / "key").unlink()
    firm.ledger.move("甲", key, firm.ledger.rows("甲", Filter())[0][2].id, State.AT_WORK, "张三")
    asked = last(files.packet_in(Held(), ME, sent("二.anheng")))
    assert "和上次的" in asked.page
    assert 'data-act="trust"' in asked.page
    done = last(files.trust(asked.held, ME, {}))
    assert "新增 1 条记录" in done.page
    assert done.held.unsure == ""
    assert not Path(tmp_path / "二.anheng").exists()
    assert 'data-act="move"' not in opened(desk, GAP.hazard).page


def test_stop_leaves_the_ledger_as_it_was(desk, tmp_path):
    path = tmp_path / "大.csv"
    path.write_text("隐患内容,备注\n" + "".join(f"第{n}条隐患,x\n" for n in range(12_000)), encoding="utf-8")
    files = LedgerFiles(desk)
    read = last(files.table(Held(), ME, str(path)))
    assert "读到 12000 行" in read.page
    events = files.take(read.held, ME, "张三", {"into": "一店"})
    first = next(events)
    first.work.stop()
    stopped = last(events)
    assert "已停止" in stopped.page
    for _ in range(100):  # the work itself takes a moment to notice
        if not desk.service.ledger.tally(ME["owner"], Filter()).total:
            break
        time.sleep(0.1)
    assert desk.service.ledger.tally(ME["owner"], Filter()).total == 0
    assert desk.service.ledger.verify() == []


def test_an_unwanted_upload_does_not_stay(desk, tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text("隐患内容,备注\n出口上锁,x\n", encoding="utf-8")
    read = last(LedgerFiles(desk).table(Held(), ME, str(path)))
    assert path.exists()
    desk.act("skip", read.held, ME, "张三", {})
    assert not path.exists()


def test_the_file_that_is_made_is_handed_over_in_the_page(desk):
    desk.service.ledger.add(ME["owner"], "一店", [GAP])
    *_, made = last(LedgerFiles(desk).export(Held(), ME, {}))
    assert re.search(r'download="隐患排查治理台账\.xlsx" href="data:application/vnd', made)
