"""自查报告 as a Word file: what is worst first, a matrix, a plan at a glance, then gap by gap with its sources as footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from assistant.documents.cited_writer import HEI, MEASURES, MUTE, NAVY, PALE, SONG, TITLE, TODO, WIDTH, CitedWriter, Line, dress
from assistant.documents.photos import thumbnail
from assistant.documents.selfcheck_parts import NO_CASE, Card, Report, observed, tally
from assistant.documents.selfcheck_rest import rest
from assistant.documents.word_kit import say, shade, whole
from assistant.domain.ledger import Evidence

STRONG = {"重大": "A6402C", "较大": "B07A1E", "一般": "4F7A62", "不清楚": "5D666F"}
OBSERVED = "现场情况"
_PHOTOS, _LOOKED_AT = 3, 6
"""Photos of a finding that are shown, and files that are opened to find them."""
SOFT = {"高": "E9B9A8", "中": "F3D9A6", "低": "EFEBDD"}


def to_word(report: Report, attached: Callable[[str], bytes | None] = lambda digest: None) -> bytes:
    """The file's content; ``attached`` gives what a file with that hash holds, for the photos among them to be shown."""
    word = docx.Document()
    dress(word, f"{report.check.site.name}安全生产自查报告", f"{report.check.site.name} · {report.result.day.isoformat()}")
    writer = ReportWriter(word, report, attached)
    writer.head()
    writer.plan()
    writer.gaps("一、缺口与整改", report.gaps, 1)
    if report.unclear:
        writer.gaps("二、说不清的", report.unclear, len(report.gaps) + 1)
    rest(writer, report)
    held = BytesIO()
    word.save(held)
    return held.getvalue()


class ReportWriter(CitedWriter):
    """Writes the parts of a report."""

    def __init__(self, word: Any, report: Report, attached: Callable[[str], bytes | None]) -> None:
        super().__init__(word, report.authorities)
        self._report, self._attached = report, attached

    def head(self) -> None:
        """Title, what was checked, counts, matrix."""
        report, check = self._report, self._report.check
        title = self.paragraph(after=2)
        say(title, "安全生产自查报告", TITLE, 24, colour=NAVY)
        say(self.paragraph(after=8), check.site.name, HEI, 14)
        facts = {
            "问卷": report.result.questionnaire.title,
            "特征": "、".join(report.features) or "没有勾选",
            "人数": check.size,
            "自查日": report.result.day.isoformat(),
            "填答人": check.who,
        }
        line = self.paragraph(after=8)
        for name, value in facts.items():
            if value:
                say(line, f"{name} ", SONG, 9.5, colour=MUTE)
                say(line, f"{value}　", SONG, 9.5)
        self._tiles()
        say(self.paragraph(before=6, after=6), _summary(report), SONG, 10.5)
        self._matrix()

    def _tiles(self) -> None:
        counts = tally(self._report)
        table = self.table(1, [WIDTH / len(counts)] * len(counts))
        for cell, (name, count) in zip(table.rows[0].cells, counts, strict=True):
            shade(cell, PALE)
            first = cell.paragraphs[0]
            first.alignment = WD_ALIGN_PARAGRAPH.CENTER
            say(first, str(count), SONG, 22, bold=True, colour=STRONG[name])
            below = cell.add_paragraph()
            below.alignment = WD_ALIGN_PARAGRAPH.CENTER
            say(below, name, SONG, 9.5, colour=MUTE)

    def _matrix(self) -> None:
        """Likelihood upwards, severity to the right; a cell holds the numbers of its gaps."""
        rules, numbers = self._report.rules, _numbers(self._report)
        levels = range(len(rules.cells), 0, -1)
        table = self.table(len(rules.cells) + 1, [46, *[(WIDTH - 46) / len(rules.severities)] * len(rules.severities)])
        for row, likelihood in zip(table.rows, levels, strict=False):
            first, *cells = row.cells
            say(first.paragraphs[0], f"{likelihood} {rules.likelihoods[likelihood - 1]}", SONG, 8.5, colour=MUTE)
            for severity, cell in enumerate(cells, 1):
                shade(cell, SOFT[rules.grade(likelihood, severity)])
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                held = " ".join(str(numbers[id(one)]) for one in self._report.result.cell(likelihood, severity))
                say(cell.paragraphs[0], held or " ", SONG, 10.5, bold=True, colour=NAVY)
        first, *cells = table.rows[-1].cells
        say(first.paragraphs[0], "可能性 ↑　后果 →", SONG, 8.5, colour=MUTE)
        for severity, cell in enumerate(cells, 1):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            say(cell.paragraphs[0], f"{severity} {rules.severities[severity - 1]}", SONG, 8.5, colour=MUTE)
        for row in table.rows:
            whole(row)
        say(
            self.paragraph(before=3, after=8),
            "格子里是缺口的序号，颜色由深到浅是高、中、低；格子深不等于重大事故隐患。规则见文末。",
            SONG,
            8.5,
            colour=MUTE,
        )

    def plan(self) -> None:
        """The whole plan at a glance."""
        rows = [*self._report.gaps, *self._report.unclear]
        if not rows:
            return
        widths = (11, 79, 28, 24, 28)
        table = self.table(len(rows) + 1, widths)
        for cell, name in zip(table.rows[0].cells, ("序号", "缺口", "等级", "期限", "责任岗位"), strict=True):
            shade(cell, NAVY)
            say(cell.paragraphs[0], name, HEI, 9.5, colour="FFFFFF")
        for number, (row, card) in enumerate(zip(table.rows[1:], rows, strict=True), 1):
            one = card.finding
            word = "不清楚" if one.unclear else one.level.value
            level = "重大事故隐患" if one.legal == "是" else word
            texts = (str(number), card.title, level, one.deadline.isoformat(), one.post)
            for cell, text in zip(row.cells, texts, strict=True):
                colour = STRONG[word] if text == level else ""
                say(cell.paragraphs[0], text, SONG, 9.5, bold=bool(colour), colour=colour)
        for row in table.rows:
            whole(row, heading=row is table.rows[0])

    def gaps(self, name: str, cards: Sequence[Card], first: int) -> None:
        """Gap by gap."""
        self.heading(name).paragraph_format.page_break_before = first == 1 and bool(cards)
        if not cards:
            say(self.paragraph(), "答到的问题里没有发现缺口。没有问到的不能当作安全，见后。", SONG, 10.5)
        for number, card in enumerate(cards, first):
            self._gap(number, card)

    def _gap(self, number: int, card: Card) -> None:
        one = card.finding
        word = "不清楚" if one.unclear else one.level.value
        head = self.paragraph(before=10, after=3)
        head.paragraph_format.keep_with_next = True
        say(head, f"{number}　{card.title}　", HEI, 12, colour=NAVY)
        say(head, "重大事故隐患" if one.legal == "是" else word, HEI, 10, colour=STRONG[word])
        if one.repeated:
            say(head, "　上次就有", HEI, 10, colour=STRONG["重大"])
        rows = [(name, lines) for name, lines in _rows(card) if lines]
        table = self.table(len(rows), (24, WIDTH - 24))
        for row, (label, lines) in zip(table.rows, rows, strict=True):
            left, right = row.cells
            whole(row)
            shade(left, TODO if label in MEASURES else PALE)
            say(left.paragraphs[0], label, HEI, 9.5, colour=NAVY)
            for place, line in enumerate(lines):
                self.line(right.paragraphs[0] if not place else right.add_paragraph(), line)
            if label == OBSERVED:
                self._photos(right, one.files)

    def _photos(self, cell: Any, files: Sequence[Evidence]) -> None:
        """The first of the photos, side by side."""
        shown = [
            photo for file in files[:_LOOKED_AT] if (content := self._attached(file.sha256)) and (photo := thumbnail(content))
        ]
        if shown:
            paragraph = cell.add_paragraph()
            for photo in shown[:_PHOTOS]:
                paragraph.add_run().add_picture(BytesIO(photo), width=Mm(44))
                paragraph.add_run(" ")


def _rows(card: Card) -> Iterable[tuple[str, Sequence[Line]]]:
    """What is said of a gap, label by label."""
    one, tip = card.finding, card.finding.tip
    yield "期限与岗位", [Line(_due(card))]
    yield OBSERVED, [Line(text) for text in (*observed(one), *(f"附件：{file.name}" for file in one.files))]
    yield "危险在哪", [Line(tip.risk), *([Line(tip.urgent)] if tip.urgent else [])]
    if one.unclear:
        yield (
            "怎么弄清",
            [Line(f"看：{'、'.join(one.question.look)}。留下：{'、'.join(one.question.proof)}。弄清以前按没有做到对待。")],
        )
    for name, texts in zip(MEASURES, (tip.now, tip.month, tip.lasting), strict=True):
        yield name, [Line(f"{text.rstrip('。；')}。") for text in texts]
    yield "法律要求", card.duties
    yield "行政责任", card.administrative
    yield "刑事责任", card.criminal
    yield "谁担责", [Line(f"{'、'.join(tip.liable)}。")]
    yield "重大事故隐患", [card.major]
    yield "类似案例", [card.case or Line(NO_CASE)]


def _due(card: Card) -> str:
    one = card.finding
    why = f"可能性{one.likelihood}级、后果{one.severity}级"
    level = f"{why}，按{one.level.value}对待" if one.unclear else f"{why}，{one.level.value}"
    level = "按判定标准属于重大事故隐患" if one.legal == "是" else level
    return f"{one.deadline.isoformat()}以前（{one.days}日内），{one.post}牵头；{level}。"


def _summary(report: Report) -> str:
    """What has to be known first."""
    result, found = report.result, report.result.compared
    gaps = len(report.gaps)
    first = f"发现缺口{gaps}项，另有{len(report.unclear)}项说不清。" if gaps or report.unclear else "答到的问题里没有发现缺口。"
    major = f"其中{report.majors}项按判定标准属于重大事故隐患，由主要负责人组织治理。" if report.majors else ""
    left = len(result.not_asked.unanswered)
    open_ = f"有{left}问没有答。" if left else ""
    since = (
        f"与{found.day.isoformat()}那次相比：已改好{len(found.closed)}项，新出现{len(found.new)}项，重复出现{len(found.repeated)}项。"
        if found
        else ""
    )
    return first + major + open_ + since


def _numbers(report: Report) -> dict[int, int]:
    """The number of each finding, by its identity."""
    return {id(card.finding): number for number, card in enumerate((*report.gaps, *report.unclear), 1)}
