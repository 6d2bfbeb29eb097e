"""The page 线索 without a browser: what each event makes of a case, and that stopping leaves it as it was."""

import time
from pathlib import Path

import pytest
from web_answers import ScriptedService

from assistant.web.leads_desk import MOST_FILES, Leads, LeadsDesk

ACCIDENTS = "事故单位,发生时间,死亡人数,我的死亡数\n<b>东山</b>公司,2025-03-01,1,1\n西河公司,2025-04-01,2,2\n"
CASES = "涉案单位,立案日期\n西河公司,2025-04-09\n"


@pytest.fixture
def desk():
    return LeadsDesk(ScriptedService())


def files(tmp_path, **texts):
    paths = []
    for name, text in texts.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text, encoding="gbk")
    return [str(path) for path in paths]


def last(events):
    return list(events)[-1]


def opened(desk, tmp_path, **texts):
    return last(desk.open(Leads(), files(tmp_path, **(texts or {"事故": ACCIDENTS, "立案": CASES}))))


def form(case):
    return {f"c-{n}-{key}": str(at) for n, use in enumerate(case.plan.uses) for key, at in use.columns.items()}


def test_what_is_guessed_is_confirmed_and_screened(desk, tmp_path):
    shown = opened(desk, tmp_path)
    assert "没有用到的列：我的死亡数" in shown.result
    assert list(tmp_path.iterdir()) == []  # the uploads are gone once they are read
    assert "<b>" not in shown.result
    found = last(desk.screen(shown.case, form(shown.case)))
    assert "1条线索" in found.result
    assert "&lt;b&gt;东山" in found.result
    assert "依据（5）" in found.side
    back = last(desk.screen(found.case, {}))
    assert back.case.found is None
    assert 'class="plan"' in back.result


def test_the_columns_of_the_form_go_before_the_guess(desk, tmp_path):
    shown = opened(desk, tmp_path)
    found = last(desk.screen(shown.case, form(shown.case) | {"c-0-deaths": "3"}))
    assert found.case.plan.uses[0].columns["deaths"] == 3
    lost = last(desk.screen(shown.case, form(shown.case) | {"c-0-unit": ""}))
    assert "failure" in lost.result
    assert "没有可以对应的列" in lost.result


def test_another_model_another_role_and_nothing(desk, tmp_path):
    shown = opened(desk, tmp_path)
    other = desk.choose(shown.case, {"model": "gas"})
    assert "没有认出哪个表格可以用于“瓶装燃气经营核查”" in other.result
    told = desk.role(other.case, {"grid": "0", "role": "dealers"})
    assert told.case.plan.uses[0].role == "dealers"
    assert desk.role(told.case, {"grid": "0", "role": ""}).case.plan.uses[0].role == ""
    assert "能查什么" in desk.wipe().result


def test_a_bad_file_leaves_the_tables_that_are_there(desk, tmp_path):
    shown = opened(desk, tmp_path)
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no")
    after = last(desk.open(shown.case, [str(bad)]))
    assert "“坏.xlsx”不是完好的 Excel 文件" in after.result
    assert after.case == shown.case
    many = last(desk.open(shown.case, [str(bad)] * (MOST_FILES + 1)))
    assert "一次最多放20个表格" in many.result


def test_stop_leaves_the_case_as_it_was(desk, tmp_path):
    (path,) = files(tmp_path, 长=ACCIDENTS + "东山公司,2025-03-01,1,1\n" * 400_000)
    events = desk.open(Leads(), [path])
    step = next(events)
    assert "正在" in step.result
    began = time.perf_counter()
    step.work.stop()
    shown = last(events)
    assert time.perf_counter() - began < 3
    assert "已停止" in shown.result
    assert shown.case == Leads()


def test_an_error_inside_shows_a_sentence_and_no_detail(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(desk._service.screening, "read", lambda *_: 1 / 0)
    shown = last(desk.open(Leads(), files(tmp_path, 事故=ACCIDENTS)))
    assert "failure" in shown.result
    assert "division" not in shown.result


def test_nothing_is_written_but_what_is_saved(desk, tmp_path):
    shown = opened(desk, tmp_path)
    found = last(desk.screen(shown.case, form(shown.case)))
    before = set(Path(tmp_path).iterdir())
    assert 'download="线索-伤亡事故与立案对照.xlsx"' in desk.save(found.case)
    assert set(Path(tmp_path).iterdir()) == before
    assert desk.save(shown.case) == ""
