"""``anheng selfcheck``: answers in a file to a report; ``anheng handbook``: chapters of the handbook. Both as Word, or PDF where it can be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
import yaml

from assistant.domain.checklist import Reply
from assistant.domain.selfcheck import Given
from assistant.errors import BadDate, UsageError
from assistant.terminal import out, running

REPLIES = get_args(Reply)
_SHAPE = "文件应当有 site（场所）、checklist（问卷）和 answers（每问的回答：是、否、部分、不适用、不清楚）。"


def selfcheck(
    file: Annotated[Path | None, typer.Argument(help=f"YAML：{_SHAPE}不写时列出全部问卷。")] = None,
    to: Annotated[Path | None, typer.Option("--out", help="写成的报告：.docx，或者 .pdf（需要 LibreOffice）。")] = None,
    questions: Annotated[str, typer.Option("--questions", help="列出这份问卷的问题和编号。")] = "",
) -> None:
    """企业自查：由回答写成报告，缺口的责任、期限、岗位、案例都有出处。"""
    with running(model=False) as services:
        checks = services.selfcheck
        if questions:
            of = checks.checklist(questions)
            for one in checks.questionnaire(of.id, of.features).questions:
                out.print(f"{one.id}  {one.ask}{f'（特征：{one.feature}）' if one.feature else ''}", markup=False)
            return
        if file is None:
            for known in checks.checklists.values():
                out.print(f"{known.id}  {known.title}（{len(known.questions)}问）：{known.about}", markup=False)
            return
        if to is None:
            raise UsageError("请用 --out 写明报告存到哪里，例如：anheng selfcheck 回答.yaml --out 自查报告.docx。")
        said = _read(file)
        of = checks.checklist(str(said["checklist"]))
        features = _features(said, {key: one.label for key, one in checks.features.items()})
        answers = _answers(said["answers"], {one.id for one in checks.questionnaire(of.id, features).questions}, of.title)
        report = checks.once(
            str(said["site"]), of.id, features, answers, _day(said), str(said.get("size", "")), str(said.get("who", ""))
        )
        from assistant.documents.selfcheck_report import to_word

        _write(to, lambda: to_word(report))
        left = len(report.result.not_asked.unanswered)
        unanswered = f"，{left}问没有答" if left else ""
        out.print(
            f"已写成“{to}”：缺口{len(report.gaps)}项（重大{report.majors}项），说不清{len(report.unclear)}项{unanswered}。",
            markup=False,
        )


def handbook(
    field: Annotated[list[str] | None, typer.Option("--field", help="哪一章，例如 煤矿；可重复，不写时是全部。")] = None,
    to: Annotated[
        Path | None, typer.Option("--out", help="写成的文件：.docx，或者 .pdf（需要 LibreOffice）。不写时列出各章。")
    ] = None,
) -> None:
    """《企业安全生产法律风险提示》：按行业成册，每句法律都有脚注。"""
    with running(model=False) as services:
        if to is None:
            for name, tips in services.hazards.chapters.items():
                out.print(f"{name}（{len(tips)}条）", markup=False)
            return
        book = services.handbook(field or ())
        from assistant.documents.handbook import to_word

        _write(to, lambda: to_word(book))
        count = sum(map(len, book.chapters.values()))
        out.print(f"已写成“{to}”：{len(book.chapters)}章、{count}条。", markup=False)


def _write(to: Path, make: Callable[[], bytes]) -> None:
    if to.suffix.lower() not in (".docx", ".pdf"):
        raise UsageError(f"“{to.name}”要以 .docx 或者 .pdf 结尾。")
    content = make()
    if to.suffix.lower() == ".pdf":
        from assistant.documents.pdf import to_pdf

        content = to_pdf(content)
    try:
        to.write_bytes(content)
    except OSError as error:
        raise UsageError(f"写不了“{to}”（{error.strerror}），请检查文件夹、磁盘空间和文件是否正在打开。") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"“{file}”不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise UsageError(f"读不了“{file}”（{error.strerror}），请检查路径。") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"“{file}”不合 YAML 的写法，请检查缩进、冒号和引号后重试。") from error
    if not isinstance(said, dict) or not isinstance(said.get("answers"), dict):
        raise UsageError(f"“{file}”读不出自查的回答。{_SHAPE}")
    for key in ("site", "checklist"):
        if not str(said.get(key) or "").strip():
            raise UsageError(f"“{file}”里缺 {key}。{_SHAPE}")
    return said


def _features(said: Mapping[str, Any], known: Mapping[str, str]) -> list[str]:
    """Keys, also where labels were written."""
    by_label = {label: key for key, label in known.items()}
    found = []
    for name in said.get("features") or ():
        key = by_label.get(str(name), str(name))
        if key not in known:
            raise UsageError(f"没有“{name}”这个特征，可以写：{'、'.join(known)}。")
        found.append(key)
    return found


def _answers(said: Mapping[Any, Any], known: set[str], title: str) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for key, value in said.items():
        one = value if isinstance(value, dict) else {"reply": value}
        if str(key) not in known:
            raise UsageError(f"问卷“{title}”里没有“{key}”这一问；用 anheng selfcheck --questions “{title}” 看编号。")
        reply: Any = one.get("reply")
        if reply not in REPLIES:
            raise UsageError(f"“{key}”的回答“{reply}”不认识，请写：{'、'.join(REPLIES)}。")
        found[str(key)] = Given(str(key), reply, str(one.get("note", "")), confirmed=bool(one.get("confirmed")))
    return found


def _day(said: Mapping[str, Any]) -> date:
    value = said.get("day") or date.today()
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise BadDate(f"自查日期“{value}”写法不对，请写成 2026-11-26 的样子。") from error
