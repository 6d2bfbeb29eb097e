"""``anheng``: one thin command a job. Only here do errors become messages and exit codes.

0 answered, 3 refused, 2 usage, 1 failure with one sentence on stderr and no traceback.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant import __version__
from assistant.answer.render import to_json, to_markdown
from assistant.cli_assess import assess
from assistant.cli_check import check
from assistant.cli_hazard import hazard
from assistant.cli_law import law
from assistant.cli_lecture import lecture
from assistant.cli_ledger import ledger
from assistant.cli_library import library
from assistant.cli_mcp import mcp
from assistant.cli_model import model
from assistant.cli_paper import paper
from assistant.cli_quiz import quiz
from assistant.cli_screen import screen
from assistant.cli_selfcheck import handbook, selfcheck
from assistant.cli_train import learnt_from, train
from assistant.domain.answer import Answer, Outcome
from assistant.errors import AnHengError, UsageError
from assistant.terminal import (
    Growing,
    Progressing,
    day,
    err,
    hit_json,
    installed,
    out,
    print_json,
    read_rows,
    read_settings,
    running,
    write_rows,
)

app = typer.Typer(
    help="安衡：安全生产领域宽严相济政策与法律风险咨询，每句话都能翻到出处。", no_args_is_help=True, add_completion=False
)
app.add_typer(library, name="library")
app.add_typer(ledger, name="ledger")
app.add_typer(lecture, name="lecture")
app.command()(assess)
app.command()(paper)
app.command()(check)
app.command()(hazard)
app.command()(law)
app.command()(screen)
app.command()(selfcheck)
app.command()(handbook)
app.command()(quiz)
app.add_typer(model, name="model")
app.command()(train)
app.command()(mcp)

On = Annotated[str, typer.Option("--on", help="按哪一天的法律回答，YYYY-MM-DD；默认今天。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
REFUSED = 3


def main() -> None:
    """Entry point: every error is one sentence and an exit code."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    logging.getLogger("chromadb").setLevel(logging.ERROR)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # the import report says it in a sentence
    try:
        app()
    except AnHengError as error:
        err.print(str(error), markup=False)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        err.print("已停止。")
        sys.exit(1)
    except OSError as error:
        err.print(f"读写文件失败（{error.strerror or error}），请检查磁盘空间和目录权限后重试。", markup=False)
        sys.exit(1)
    except Exception as error:
        logging.getLogger("anheng").debug("unexpected", exc_info=True)
        if os.environ.get("ANHENG_DEBUG"):
            raise
        err.print(f"程序内部出错（{type(error).__name__}），请带上所用命令反馈；设置 ANHENG_DEBUG=1 可看详情。", markup=False)
        sys.exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="要问的事，例如：死亡三人的重大责任事故怎么判？")],
    then: Annotated[list[str] | None, typer.Option("--then", help="接着追问；可重复。")] = None,
    on: On = "",
    as_json: AsJson = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="这一次不用语言模型。")] = False,
) -> None:
    """问一个问题，得到有出处的回答。"""
    with running(model=not no_model) as services:
        history: list[Answer] = []
        for turn in [question, *(then or [])]:
            history.append(services.ask(turn, history=tuple(history), on=day(on), shown=Growing()))
    answer = history[-1]
    if as_json:
        print_json(to_json(answer))
    else:
        out.print(to_markdown(answer), markup=False)
    raise typer.Exit(0 if answer.status is Outcome.ANSWERED else REFUSED)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="要找什么。")] = "",
    k: Annotated[int, typer.Option("--k", min=1, max=1000, help="返回多少条。")] = 10,
    kind: Annotated[
        str, typer.Option("--kind", help="provision（条文，默认）、offence、case、practice 等；all 为全部。")
    ] = "provision",
    batch: Annotated[Path | None, typer.Option("--batch", help="逐行 JSON：qid、question。")] = None,
    to: Annotated[Path | None, typer.Option("--out", help="与 --batch 同用的输出文件。")] = None,
    as_json: AsJson = False,
) -> None:
    """检索条文、案例和其他记录。"""
    wanted = None if kind == "all" else kind
    with running() as services:
        if batch is not None:
            rows = (
                {"qid": row["qid"], "hits": [hit_json(h) for h in services.search(row["question"], k, wanted)]}
                for row in read_rows(batch)
            )
            write_rows(rows, to)
            return
        if not query.strip():
            raise UsageError("请写出要检索的内容，或者用 --batch 指定问题文件。")
        hits, note = services.search(query, k, wanted), services.read(query).note
    if as_json:
        print_json([hit_json(hit) for hit in hits])
        return
    if note:
        out.print(note, markup=False)
    for n, hit in enumerate(hits, 1):
        out.print(f"{n:>3}. {hit.title}", markup=False)
        out.print(f"     {hit.text[:110].replace(chr(10), ' ')}", style="dim", markup=False)


@app.command("import")
def import_(paths: Annotated[list[Path], typer.Argument(help="文件或文件夹：docx、pdf、md、txt、html。")]) -> None:
    """把官方文本或其他材料加入资料库。"""
    for path in paths:
        if not path.exists():
            raise UsageError(f"找不到“{path}”，请检查路径。")
    with running() as services, Progressing() as bar:
        report = services.import_paths(paths, bar)
    out.print(report.summary(), markup=False)
    if report.failures and not (report.changed or report.unchanged):
        raise typer.Exit(1)


@app.command()
def sync(
    url: Annotated[str, typer.Option("--url", help="公开法规集的下载地址。")] = "",
    archive: Annotated[Path | None, typer.Option("--archive", help="已下载的 zip 文件。")] = None,
) -> None:
    """下载公开法规集并加入资料库。"""
    from assistant.ingest.sync import sync as fetch

    with running() as services, Progressing() as bar:
        limits = services.settings.sync
        folder = fetch(archive or url or limits.url, services.settings.home, bar, max_mb=limits.max_mb)
        report = services.import_paths([folder], bar)
    out.print(report.summary(), markup=False)


@app.command("eval")
def eval_(
    cases: Annotated[Path, typer.Option("--cases", help="问题文件。")],
    to: Annotated[Path, typer.Option("--out", help="结果文件。")],
) -> None:
    """按问题文件逐题作答并评分。"""
    from eval.run import run_file

    with running() as services:
        out.print(run_file(cases, to, services), markup=False)


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听地址。")] = "",
    port: Annotated[int, typer.Option("--port", help="端口。")] = 0,
) -> None:
    """打开网页。"""
    from assistant.web.run import run

    settings = read_settings()
    web = settings.web.model_copy(update={k: v for k, v in {"host": host, "port": port}.items() if v})
    run(settings.model_copy(update={"web": web}))


@app.command()
def doctor() -> None:
    """检查运行环境：版本、库的数量和日期、索引、模型、是否联网。"""
    with running() as services:
        about, settings = services.about(), services.settings
        elsewhere = settings.search.reaches_out or services.drafting.on or settings.store.url
        reaching = "只连设置所写的服务器" if elsewhere else "不联网"
        lines = {
            "版本": __version__,
            "运行环境": installed(),
            "数据目录": services.settings.home,
            "内置法律文件": f"{about['laws']}部、要旨{about['gists']}条、记录{about['records']}条",
            "已导入官方文本": f"{about['texts']}部、{about['articles']}条",
            "库截至": about["library_date"],
            "索引": services.indexing.folder.name,
            "索引条目": services.index.count,
            "向量模型": services.embedder.name + learnt_from(services.settings.search.embedding),
            "语言模型": about["model"],
            "联网": f"{reaching}；仅 anheng sync 在您运行时下载",
        }
    for name, value in lines.items():
        out.print(f"{name}：{value}", markup=False)


if __name__ == "__main__":
    main()
