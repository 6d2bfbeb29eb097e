"""Answers made by hand, and a service that gives them: for tests of the page alone."""

import tempfile
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from web_cases import ScriptedAssessor

from assistant.answer.match import Matcher
from assistant.answer.sources import Sources
from assistant.answer.wishes import wish_of
from assistant.assessing import Assessing
from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Passage, Section, Withheld
from assistant.domain.history import Edition
from assistant.domain.provision import Status, TextKind
from assistant.domain.source import Related, SourceView
from assistant.domain.wish import WishBook
from assistant.errors import Cancelled, NotFound, QuestionTooLong
from assistant.ingest.records import load_knowledge, read_yaml
from assistant.lecturing import Lecturing
from assistant.ledger import LedgerService
from assistant.ledger_packets import LedgerPackets
from assistant.ledger_tables import LedgerTables
from assistant.papers import Papers
from assistant.quizzing import Quizzing
from assistant.screening import Screening
from assistant.selfcheck import SelfCheckService
from assistant.settings import Settings

SOURCES = {
    "law/刑法/134": SourceView(
        "law/刑法/134",
        "《刑法》第一百三十四条",
        "provision",
        TextKind.GIST,
        Status.IN_FORCE,
        "生产、作业中违反安全管理规定，造成重大伤亡或者其他严重后果的，3年以下有期徒刑或者拘役；情节特别恶劣的，3年以上7年以下。\n"
        "强令他人违章冒险作业，或者明知有重大隐患不排除仍冒险组织作业的，5年以下；情节特别恶劣的，5年以上。",
        date(2021, 3, 1),
        "刑法",
        "主席令第66号",
        ("第二编 分则", "第二章 危害公共安全罪"),
        (
            ("law/刑法/133-2", "第一百三十三条之二", "妨害安全驾驶的要旨。"),
            ("law/刑法/134-1", "第一百三十四条之一", "危险作业罪的要旨。"),
        ),
        (
            Edition(date(1997, 10, 1), date(2006, 6, 28)),
            Edition(date(2006, 6, 29), date(2021, 2, 28), "刑法修正案（六）", text="旧文。", source_id="law/刑法/134@2006"),
            Edition(date(2021, 3, 1), None, "刑法修正案（十一）", text="新文。", source_id="law/刑法/134"),
        ),
        date(2024, 1, 1),
        "第二款由修正案（十一）改过。",
        cited_by=(
            Related("law/刑法/134-1", "刑法", "134-1", "危险作业罪的要旨。"),
            Related("law/解释/1", "最高人民法院关于办理危害生产安全刑事案件的解释", "1", "犯罪主体包括负责人、管理人员。"),
            Related("law/解释/7", "最高人民法院关于办理危害生产安全刑事案件的解释", "7", "死亡3人以上的；\n负主要责任的。"),
        ),
        cites=(Related("law/刑法/133-2", "刑法", "133-2", "妨害安全驾驶的要旨。"),),
    ),
    "law/刑法/134-1": SourceView(
        "law/刑法/134-1",
        "《刑法》第一百三十四条之一",
        "provision",
        TextKind.GIST,
        Status.IN_FORCE,
        "危险作业罪的要旨。",
        date(2021, 3, 1),
        "刑法",
    ),
}


def answer(question, *, history=(), on=None):
    quote = SOURCES["law/刑法/134"].text.split("\n")[1]
    return Answer(
        question=question,
        status=Outcome.ANSWERED,
        behavior=Behavior.ANSWER,
        as_of=on or date(2026, 11, 22),
        claims=(
            Claim(
                "明知存在重大事故隐患而不排除、仍冒险组织作业的，定强令、组织他人违章冒险作业罪；死亡3人以上并负事故主要责任的，处5年以上有期徒刑。",
                Section.CONCLUSION,
                (1, 2),
            ),
            Claim(f"此前已答过的问题有 {len(history)} 个。", Section.CONCLUSION, ())
            if history
            else Claim("不能证明“明知”的，按重大责任事故罪处3年以上7年以下有期徒刑。", Section.CONCLUSION, (2,)),
            Claim("《刑法》第一百三十四条第二款规定了强令、组织他人违章冒险作业罪。", Section.BASIS, (1,)),
            Claim("死亡3人以上，或者直接经济损失500万元以上，并且负事故主要责任的，升档。", Section.BASIS, (2,)),
            Claim(
                "宽严相济：组织、指挥者为首要责任人，依法从严；事后积极抢救、赔偿并取得谅解的，可以从轻。",
                Section.APPLICATION,
                (3,),
            ),
            Claim("先看有没有收到停产指令，再看隐患是否经认定为“重大”。", Section.APPLICATION, ()),
            Claim("某地一起溃仓事故，首要责任人从严，次要责任人相对不起诉。", Section.CASES, (4,)),
            Claim("还缺行为时间：2021-03-01 前后罪名不同。", Section.NOTES, (1,)),
            Claim("个案结论由承办人判断。", Section.NOTES, ()),
        ),
        citations=(
            Citation(
                1,
                "law/刑法/134",
                "provision",
                "《刑法》第一百三十四条第二款",
                quote,
                TextKind.GIST,
                Status.IN_FORCE,
                "刑法",
                effective_from=date(2021, 3, 1),
            ),
            Citation(
                2,
                "law/解释/7",
                "provision",
                "法释〔2015〕22号第七条",
                "死亡3人以上的；\n或者直接经济损失500万元以上，负主要责任的。",
                TextKind.ORIGINAL,
                Status.AMENDED,
                effective_from=date(2015, 12, 16),
                note="与后来的解释不一致的，以后来的为准。",
            ),
            Citation(
                3,
                "record/circumstance.rescue",
                "circumstance",
                "事故后积极组织抢救",
                "可以酌情从轻。",
                TextKind.GIST,
                Status.UNVERIFIED,
            ),
            Citation(4, "record/case.silo", "case", "某煤仓溃仓案", "首要从严，次要从宽。", TextKind.GIST, Status.IN_FORCE),
        ),
        withheld=(Withheld("最高可以判处无期徒刑。", "找不到支持这一句的条文。"),),
        warnings=("没有导入官方原文，以下引的是要旨。",),
        library_date=date(2026, 11, 1),
        topics=("offence.x",),
    )


KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge_base"
SHIPPED = Sources(load_knowledge(KNOWLEDGE))
WISHES = read_yaml(KNOWLEDGE / "wishes.yaml", WishBook)


class ScriptedService:
    """Real answers by script; ``慢`` in a question waits until it is stopped or half a minute passes."""

    sources = SHIPPED

    def __init__(self):
        self.asked, self.cancelled = [], threading.Event()
        self.assessing = ScriptedAssessor()
        self.screening = Screening(KNOWLEDGE, lambda: SHIPPED)
        folder = Path(__file__).resolve().parents[2] / "knowledge_base"
        assessing = Assessing(SHIPPED.knowledge, folder, lambda: SHIPPED)
        settings = SimpleNamespace(knowledge=folder)
        self.papers = Papers(
            SimpleNamespace(knowledge=SHIPPED.knowledge, settings=settings, sources=SHIPPED, assessing=assessing)
        )
        self.drafting = SimpleNamespace(on=False)
        home = Settings(home=Path(tempfile.mkdtemp(prefix="anheng-ledger-")))
        self.ledger = LedgerService(home)
        self.selfcheck = SelfCheckService(home, SHIPPED.knowledge, lambda: SHIPPED)
        self.hazards = SimpleNamespace(chapters={})
        matcher = Matcher(SHIPPED.knowledge.records)
        self.quiz = Quizzing(SHIPPED.knowledge, folder, lambda: SHIPPED, lambda told: assessing.assess(assessing.told(told)))
        self.lecturing = Lecturing(SHIPPED.knowledge, folder, lambda: SHIPPED, lambda: matcher, lambda said: said, self.quiz.bank)
        self.ledger_tables = LedgerTables(self.ledger, folder, lambda: SHIPPED, lambda words: None)
        self.packets = LedgerPackets(self.ledger)

    def ask(self, question, *, history=(), on=None, cancelled=None, shelf=None, shown=None):
        self.asked.append((question, len(history), on))
        if "太长" in question:
            raise QuestionTooLong("问题太长了，请删减到5000字以内。")
        if "坏" in question:
            raise RuntimeError("secret detail")
        end = time.monotonic() + (30 if "慢" in question else 0)
        while time.monotonic() < end:
            if cancelled():
                self.cancelled.set()
                raise Cancelled("已停止。")
            time.sleep(0.02)
        told = ("死亡人数：3人", "对事故的责任：<b>") if "某矿" in question else ()
        return replace(answer(question, history=history, on=on), understood=told, wish=wish_of(question, WISHES))

    def search(self, query, k=10, kind=None):
        if "没有" in query:
            return []
        return [
            Passage(key, view.kind, view.title, f"{view.title}\n{view.text}", view.law)
            for key, view in SOURCES.items()
            if kind in (None, view.kind)
        ]

    def source(self, source_id, on=None):
        if source_id not in SOURCES:
            raise NotFound("知识库里没有这一条。")
        return SOURCES[source_id]

    def cited(self, source_ids):
        return {key: len(SOURCES[key].cited_by) for key in source_ids if key in SOURCES and SOURCES[key].cited_by}

    def about(self):
        return {"library_date": date(2026, 11, 1), "model": "未接模型", "texts": 0, "records": 120}
