"""What stands at the end of a 自查报告: what was not asked, what was answered with yes, the rules, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer.render import DISCLAIMER
from assistant.documents.word_kit import say

if TYPE_CHECKING:
    from assistant.documents.selfcheck_parts import Report
    from assistant.documents.selfcheck_report import ReportWriter

SONG, KAI, MUTE = "宋体", "楷体_GB2312", "5D666F"


def rest(writer: ReportWriter, report: Report) -> None:
    """The last parts, in their order."""
    number = iter("三四五六七" if report.unclear else "二三四五六")
    writer.heading(f"{next(number)}、没有问到的（不能当作安全）")
    for text in _left_out(report):
        _item(writer, text)
    if report.result.compared:
        writer.heading(f"{next(number)}、与上次相比")
        for text in _compared(report):
            _item(writer, text)
    writer.heading(f"{next(number)}、答“是”和“不适用”的")
    _item(writer, f"答“是”{len(report.result.met)}问、“不适用”{len(report.result.beside)}问，按填答人所答，没有到现场核实：")
    for question in (*report.result.met, *report.result.beside):
        _item(writer, f"· {question.ask}")
    writer.heading(f"{next(number)}、评级规则")
    for text in report.rules.rules:
        _item(writer, f"· {text}")
    until = f"法规库截至{report.library_date.isoformat()}；" if report.library_date else ""
    lost = "".join(f"未采用“{cite}”：{reason}。" for cite, reason in report.authorities.lost.items())
    end = writer.paragraph(before=14)
    say(end, f"（本报告由安衡按{report.result.day.isoformat()}的回答生成，{until}{DISCLAIMER}。{lost}）", KAI, 9, colour=MUTE)


def _item(writer: ReportWriter, text: str) -> None:
    say(writer.paragraph(after=2), text, SONG, 10)


def _left_out(report: Report) -> list[str]:
    left = report.result.not_asked
    said = [f"· 问卷不问的：{'、'.join(left.left_out)}。"] if left.left_out else []
    said += [f"· 没有勾选的特征：{'、'.join(left.unticked)}；有的话应当加选后补答。"] if left.unticked else []
    said += [f"· 问了没有答：{one.ask}" for one in left.unanswered]
    for skipped in left.skipped:
        asks = "；".join(one.ask for one in skipped.questions)
        said.append(f"· 因为“{skipped.because.ask}”答了{skipped.reply}，没有问：{asks}")
    return [*said, "· 问卷以外的没有问。"]


def _compared(report: Report) -> list[str]:
    found = report.result.compared
    assert found is not None  # only then is the part written
    rows = (("已改好", found.closed), ("新出现", found.new), ("重复出现", found.repeated), ("上次有、这次没有答到", found.unseen))
    return [f"· {name}{len(titles)}项{'：' + '；'.join(titles) if titles else ''}。" for name, titles in rows]
