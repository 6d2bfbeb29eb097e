"""The Excel file of a screening, opened again."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl

from assistant.documents.screened import CAUTION, to_excel
from assistant.domain.screening import Grid
from assistant.ingest.screening import load_models
from assistant.practice.screening import screen
from assistant.practice.screening_plan import guess

MODELS = load_models(Path(__file__).resolve().parents[2] / "knowledge_base")
HEAD = ("姓名", "操作证号", "有效期至", "备注")


def test_words_stay_words_and_everything_is_told():
    rows = [('=HYPERLINK("x")', "+1", "2024-01-01", "\x07铃"), ("@甲", "-2", "长期", "")]
    grids = (Grid("持证.csv", "", HEAD, rows, [2, 3]), Grid("别的.csv", "", ("甲", "乙"), [("a", "b")], [2]))
    plan = guess(MODELS, grids)
    found = screen(MODELS[1], grids, plan, date(2026, 11, 20))
    book = openpyxl.load_workbook(
        BytesIO(to_excel(found, grids, plan, lambda cite: f"《{cite}》", "2026-11-01", date(2026, 11, 20)))
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    (hit,) = list(book["线索"].iter_rows(min_row=3, values_only=True))
    assert hit[3] == "持证.csv第2行"
    assert hit[2].startswith('=HYPERLINK("x")，证号+1')
    assert hit[6] == "《安全生产法#30/1》；《安全生产法#97/1/7》"
    assert book["线索"]["A1"].value == CAUTION
    counts = {row[0]: (row[1], row[2]) for row in book["查了什么"].iter_rows(min_row=3, values_only=True)}
    assert counts["证书已过期"] == (1, None)
    assert counts["登记库里没有这个证号"] == ("未查", "缺“证书登记库”")
    said = [[cell for cell in row if cell is not None] for row in book["读了什么"].iter_rows(values_only=True)]
    assert "法规库截至2026-11-01" in said[0][0]
    assert ["持证.csv", "持证人员台账", "姓名←姓名、证书编号←操作证号、有效期至←有效期至", "备注", 2] in said
    assert ["别的.csv", "没有用", "甲、乙", 1] in said
    assert ["持证.csv第3行", "有效期至", "长期"] in said
