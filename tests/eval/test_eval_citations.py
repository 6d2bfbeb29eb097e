"""The cases of citations are proven from the official texts; the template language and the scorer by hand."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.domain.check import Finding, Verdict
from assistant.domain.provision import Status, TextKind
from assistant.errors import NotFound, UsageError
from assistant.law.outline import split_paragraphs
from assistant.law.quantities import arabic
from assistant.services import Services
from assistant.settings import Settings
from eval.citations import CASES, KINDS, TEMPLATE, evaluate, figures, fill, load, main, told, words

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FOLDERS = [SHARED / name for name in ("official", "official_recent", "corpus_full/民法典")]
ROWS = yaml.safe_load(CASES.read_text(encoding="utf-8"))
REFS = [(row, n) for row in ROWS for n in range(len(row["refs"]))]
FIGURE = re.compile(r"\d+(?:\.\d+)?")
OWN = """某某安全试验规定

第一条 试验由两人进行，少于两人不得开始；夜间由三人进行。
第二条 有下列情形之一的，停止试验：
（一）仪表失灵的；
（二）无人监护，或者监护人离开的。
停止以后应当报告。
"""
official = pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared")


# ── The template language and the scorer ──────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def law(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    (folder / "某某安全试验规定.txt").write_text(OWN, encoding="utf-8")
    services = Services(Settings(home=folder / "home"))
    services.import_paths([folder / "某某安全试验规定.txt"])
    return services.law


@pytest.mark.parametrize(
    ("template", "means"),
    [
        ("{某某安全试验规定/1}", "试验由两人进行，少于两人不得开始；夜间由三人进行"),
        ("{某某安全试验规定/1:2}", "少于两人不得开始"),
        ("{某某安全试验规定/1:2-3}", "少于两人不得开始；夜间由三人进行"),
        ("{某某安全试验规定/2/1}", "有下列情形之一的，停止试验：（一）仪表失灵的；（二）无人监护，或者监护人离开的"),
        ("{某某安全试验规定/2/2}", "停止以后应当报告"),
        ("{某某安全试验规定/2//2}", "无人监护，或者监护人离开的"),
        ("{某某安全试验规定/2/1/2:2}", "或者监护人离开的"),
        ("{某某安全试验规定/1:3~三人→四人}", "夜间由四人进行"),
        ("{某某安全试验规定/1~不得→可以~夜间→}", "试验由两人进行，少于两人可以开始；由三人进行"),
        ("见{某某安全试验规定/1:1}，{某某安全试验规定/2/2}。", "见试验由两人进行，停止以后应当报告。"),
        ("没有模板", "没有模板"),
    ],
)
def test_a_template_stands_for_words(law, template, means):
    assert fill(template, law) == means


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{某某安全试验规定/1/3}", "款项不存在"),
        ("{某某安全试验规定/2/1/3}", "款项不存在"),
        ("{某某安全试验规定/1:4}", "只有 3 句"),
        ("{某某安全试验规定/1:3-2}", "只有 3 句"),
        ("{某某安全试验规定/1~五人→六人}", "出现 0 次"),
        ("{某某安全试验规定/1~两人→三人}", "出现 2 次"),
        ("{某某安全试验规定}", "不是能读的模板"),
        ("{某某安全试验规定/一}", "不是能读的模板"),
    ],
)
def test_a_template_that_takes_what_is_not_there_is_refused(law, template, reason):
    with pytest.raises(UsageError, match=reason):
        fill(template, law)


def written(tmp_path, rows):
    path = tmp_path / "题.yaml"
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return path


def test_the_same_surface_twice_is_two_places(law, tmp_path):
    ref = {"surface": "第一条", "expect": "一致"}
    row = {"id": "A", "kind": "right", "text": "第一条与第一条：{某某安全试验规定/1:1}", "as_of": None, "refs": [ref, ref]}
    (case,) = load(written(tmp_path, [row]), law)
    assert [(one.start, one.end) for one in case.refs] == [(0, 3), (4, 7)]
    assert case.text.endswith("试验由两人进行")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": None}, "缺少|None"),
        ({"refs": [{"surface": "第九条", "expect": "一致"}]}, "substring"),
        ({"refs": [{"surface": "第一条", "expect": "对"}]}, "对"),
        ({"must_not_flag": ["没有的话"]}, "没有的话"),
        ({"text": "第一条{某某安全试验规定/7}"}, "第七条|模板|核对条号"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(law, tmp_path, change, reason):
    row = {"id": "A", "kind": "right", "text": "第一条", "as_of": None, "refs": []} | change
    if row["text"] is None:
        del row["text"]
    with pytest.raises((UsageError, NotFound), match=reason):
        load(written(tmp_path, [row]), law)


def test_the_command_tells_and_ends_with_2(tmp_path, capsys):
    assert main([str(tmp_path / "没有.yaml"), "--home", str(tmp_path)]) == 2
    assert "读不了引用核验题" in capsys.readouterr().err


def found(text, surface, verdict):
    start = text.index(surface)
    return Finding(surface, start, start + len(surface), "某法", "1", None, None, verdict, why="理由")


def test_each_figure_can_fail(law, tmp_path):
    text = "甲法第一条、乙法第二条、丙法第三条。"
    refs = [
        {"surface": "甲法第一条", "expect": "一致"},
        {"surface": "乙法第二条", "expect": "条号有误", "accept": ["文字有误"]},
        {"surface": "丙法第三条", "expect": "已废止"},
    ]
    rows = [
        {"id": "A", "kind": "mixed_true_false", "text": text, "as_of": None, "refs": refs},
        {"id": "T", "kind": "trap", "text": "第三人来了", "as_of": None, "refs": [], "must_not_flag": ["第三人"]},
    ]
    cases = load(written(tmp_path, rows), law)
    good = [("甲法第一条", "一致"), ("第二条", "文字有误"), ("丙法第三条", "已废止")]

    def checked(answers, trap=()):
        return evaluate(cases, lambda read, on: [found(read, *one) for one in (answers if read == text else trap)])

    assert figures(checked(good)) == {
        "n": 3, "verdicts": 1.0, "right_called_wrong": 0, "traps": 1, "traps_flagged": 0, "flagged_beside": 0,
    }  # fmt: skip
    silent = checked([])
    assert figures(silent)["verdicts"] == 0
    assert figures(silent)["right_called_wrong"] == 0
    assert "A  甲法第一条：应为一致，得没有找到" in told(silent)
    alarmed = checked([("甲法第一条", "一致"), ("第一条", "文字有误"), *good[1:]])
    assert figures(alarmed)["right_called_wrong"] == 1
    assert figures(alarmed)["verdicts"] == pytest.approx(0.6667)
    assert figures(checked([*good, ("。", "库中无此法")]))["flagged_beside"] == 1
    assert figures(checked([*good, ("。", "无法判断")]))["flagged_beside"] == 0
    assert figures(checked(good, trap=[("第三人", "无法判断")]))["traps_flagged"] == 1
    assert "第三人：不该标为无法判断（理由）" in told(checked(good, trap=[("第三人", "无法判断")]))


# ── The cases ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_enough_of_every_kind():
    verdicts = Counter(ref["expect"] == "一致" for row in ROWS for ref in row["refs"])
    assert verdicts[True] >= 50
    assert verdicts[False] >= 100
    assert set(KINDS) == {row["kind"] for row in ROWS}
    traps = [row for row in ROWS if row["kind"] == "trap"]
    assert len(traps) >= 15
    assert all(row["refs"] == [] and row["must_not_flag"] for row in traps)
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_what_a_template_changes_stays_small():
    for row in ROWS:
        for template in TEMPLATE.finditer(row["text"]):
            assert all(len(part) <= 12 for swap in template["swaps"].split("~")[1:] for part in swap.split("→")), row["id"]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    services = Services(Settings(home=tmp_path_factory.mktemp("official")))
    services.import_paths(FOLDERS)
    return services


@pytest.fixture(scope="module")
def everything(library):
    return "\n".join(provision.text for provision in library.library.provisions())


@official
@pytest.mark.official
def test_every_case_fills_and_the_laws_are_many(library):
    cases = load(CASES, library.law)
    assert len(cases) == len(ROWS)
    titles = {library.sources.resolve(ref.facts["law"]) for case in cases for ref in case.refs} - {None}
    assert len({title for title in titles if library.sources.has_text(title)}) >= 30


@official
@pytest.mark.official
def test_the_examples_of_the_same_form_are_read(library):
    cases = load(SHARED / "eval" / "citations_examples.yaml", library.law)
    assert sum(len(case.refs) for case in cases) == 23


@official
@pytest.mark.official
@pytest.mark.parametrize(("row", "n"), REFS, ids=[f"{row['id']}-{n}" for row, n in REFS])
def test_a_verdict_follows_from_the_texts(library, everything, row, n):
    Proof(library, everything, row, row["refs"][n]).run()


class Proof:
    """One reference against the official texts: each statement of its proof, and that together they make the verdict."""

    def __init__(self, services, everything, row, ref):
        self.services, self.everything, self.row, self.ref = services, everything, row, ref
        self.day = row["as_of"] or date.today()
        self.proof = ref.get("proof", {})
        self.truth = self.proof.get("truth")
        self.here = self.place(ref, self.day)
        self.title = services.sources.resolve(ref["law"])
        self.text = fill(row["text"], services.law, self.day)
        self.templates = list(TEMPLATE.finditer(row["text"]))
        self.own = [one for one in self.templates if self.of_article(one)]
        self.others = [one for one in self.templates if not self.of_article(one)]

    def of_article(self, template):
        return (self.services.sources.resolve(template["law"]), template["article"]) == (self.title, self.ref["article"])

    def place(self, spot, day):
        """Words of a place: an 项 with the head of its 款; ``None`` where there is no such place."""
        try:
            text = self.services.law(spot["law"], spot["article"], day).text
        except NotFound:
            return None
        parts = split_paragraphs(text)
        if number := spot.get("paragraph"):
            parts = parts[number - 1 : number]
        if number := spot.get("item"):
            held = [(part.text, part.items[number - 1]) for part in parts if len(part.items) >= number]
            return "".join(held[0]) if len(held) == 1 else None
        return "".join("".join((part.text, *part.items)) for part in parts) or None

    def run(self):
        self.statements()
        {
            Verdict.RIGHT: self.right, Verdict.WRONG_PLACE: self.wrong_place, Verdict.WRONG_WORDS: self.wrong_words,
            Verdict.AMENDED: self.amended, Verdict.NOT_YET: self.not_yet, Verdict.REPEALED: self.repealed,
            Verdict.NO_SUCH_LAW: self.no_such_law, Verdict.UNDECIDED: self.undecided,
        }[Verdict(self.ref["expect"])]()  # fmt: skip

    def statements(self):
        known = {"has", "lacks", "truth", "no_such", "names", "by"}
        assert set(self.proof) <= known
        for phrase in self.proof.get("has", []):
            assert self.holds(self.here, phrase), phrase
        for phrase in self.proof.get("lacks", []):
            assert not self.holds(self.here, phrase), phrase
            assert self.said(phrase), phrase
        for phrase in (self.truth or {}).get("has", []):
            assert self.holds(self.place(self.truth, date.today()), phrase), phrase
        if self.ref["expect"] == "一致":
            assert all(self.said(phrase) for phrase in self.proof.get("has", []))
        if "by" in self.proof:
            repealing = self.place(self.proof["by"], date.today())
            assert "废止" in repealing
            assert (self.title or self.ref["law"]) in repealing

    def holds(self, words, phrase):
        return words is not None and arabic(phrase) in arabic(words)

    def said(self, phrase):
        """Whether the figures of a phrase stand in the text; 第…条 is a reference and no figure of it."""
        if phrase.startswith("第"):
            return True
        return set(FIGURE.findall(arabic(phrase))) <= set(FIGURE.findall(arabic(self.text)))

    def filled(self, template):
        return words(template, self.services.law, self.day)

    def right(self):
        provision = self.services.law(self.ref["law"], self.ref["article"], self.day)
        assert provision.kind is TextKind.ORIGINAL
        assert self.services.sources.status(provision, self.day) is Status.IN_FORCE
        quoted = [self.filled(one) for one in self.own if not one["swaps"]]
        assert all(quote in provision.text.replace("\n", "") for quote in quoted)
        assert self.proof.get("has") or any(quote in self.here for quote in quoted)
        if last := self.ref.get("article_to"):
            assert last in self.services.library.articles(self.title)

    def missing(self):
        kind, articles = self.proof.get("no_such"), self.services.library.articles(self.title)
        last = self.ref.get("article_to", self.ref["article"])
        if kind == "past_end":
            return int(last.split("-")[0]) > int(articles[-1].split("-")[0])
        if kind == "sub":
            return last.split("-")[0] in articles and last not in articles
        return kind in {"paragraph", "item"} and self.ref["article"] in articles and self.here is None

    def wrong_place(self):
        if "no_such" in self.proof:
            assert self.missing()
            return
        assert self.here is not None or self.templates
        elsewhere = [self.filled(one) for one in self.templates if not one["swaps"]]
        carried = any(quote not in (self.here or "") for quote in elsewhere)
        assert carried or (self.proof["lacks"] and self.truth["has"] and not self.same_place())

    def same_place(self):
        return all(self.truth.get(name) == self.ref.get(name) for name in ("law", "article", "paragraph", "item"))

    def wrong_words(self):
        changed = [one for one in self.own if one["swaps"]]
        if changed:
            plain = self.services.law(self.ref["law"], self.ref["article"], self.day).text.replace("\n", "")
            assert all(self.filled(one) not in plain for one in changed)
            assert self.here is not None
        else:
            assert self.proof["lacks"]
            assert (self.truth["law"], self.truth["article"]) == (self.ref["law"], self.ref["article"])

    def amended(self):
        if former := [one for one in self.own if one["on"]]:
            now = self.services.law(self.ref["law"], self.ref["article"], self.day).text.replace("\n", "")
            assert any(self.filled(one) not in now for one in former)
            return
        if self.services.sources.law(self.title).gist_only:
            assert self.services.law(self.ref["law"], self.ref["article"], self.day).effective.end < self.day
            return
        assert Verdict.WRONG_PLACE in self.ref["accept"]
        self.wrong_place()

    def not_yet(self):
        newest = self.services.law(self.ref["law"], self.ref["article"], date.today())
        start = newest.effective.start or self.services.sources.law(self.title).effective.start
        assert start > self.day
        then = self.services.law(self.ref["law"], self.ref["article"], self.day)
        if self.services.sources.status(then, self.day) is Status.IN_FORCE:  # another wording of the same article
            quoted = [self.filled(one) for one in self.own if one["on"]]
            assert self.here is None or any(quote not in self.here for quote in quoted)

    def repealed(self):
        end = self.services.sources.law(self.title).effective.end if self.title else None
        assert (end is not None and end < self.day) or "by" in self.proof

    def no_such_law(self):
        assert self.title is None
        for name in self.proof["names"]:
            assert name not in self.everything
            assert not any(name in title for title in self.services.library.titles())

    def undecided(self):
        assert self.title
        assert not self.services.sources.has_text(self.title)


# ── The check itself ──────────────────────────────────────────────────────────────────────────────────────────────


@official
@pytest.mark.slow
def test_the_check_judges_citations_rightly_and_calls_no_right_one_wrong(library):
    rows = evaluate(load(CASES, library.law), library.check)
    reached = figures(rows)
    assert reached["verdicts"] >= 0.98, told(rows)
    assert (reached["right_called_wrong"], reached["traps_flagged"], reached["flagged_beside"]) == (0, 0, 0), told(rows)
