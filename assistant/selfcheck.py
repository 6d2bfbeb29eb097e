"""企业自查: questionnaires over the handbook, checks of sites, and what they come to. Holds nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import get_args

from assistant.answer.sources import Sources
from assistant.documents.selfcheck_parts import Report, compose
from assistant.domain.checklist import Checklist, Feature, Reply
from assistant.domain.ledger import Evidence
from assistant.domain.selfcheck import Changes, Given, Question, Questionnaire, RatingRules, Result, SelfCheck, Site
from assistant.domain.tips import RiskTip
from assistant.errors import NotFound, UsageError
from assistant.ingest.checklists import load_checklists, load_features
from assistant.ingest.records import Knowledge, read_yaml
from assistant.practice.selfcheck import asked, changes, fingerprints, following, progress, questionnaire
from assistant.practice.selfcheck_rating import result
from assistant.settings import Settings
from assistant.store.ledger_files import EvidenceFiles
from assistant.store.repository import Repository
from assistant.store.selfchecks import SelfChecks

REPLIES: tuple[Reply, ...] = get_args(Reply)
MOST_FILES = 12
"""Of one answer."""


@dataclass(frozen=True)
class Opened:
    """A check as it stands now."""

    check: SelfCheck
    questionnaire: Questionnaire
    answers: Mapping[str, Given]
    changes: Changes

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that the answers call for."""
        return asked(self.questionnaire, self.answers)

    @property
    def progress(self) -> tuple[int, int]:
        """(answered, asked so far)."""
        return progress(self.questionnaire, self.answers)

    def following(self, after: str = "") -> Question | None:
        """The next question without an answer."""
        return following(self.questionnaire, self.answers, after)


class SelfCheckService:
    """The self-checks of this home over the library that ships."""

    def __init__(self, settings: Settings, knowledge: Knowledge, sources: Callable[[], Sources]) -> None:
        self._settings, self._knowledge, self._sources = settings, knowledge, sources
        self._folder = settings.home / "selfcheck"

    # What may be asked

    @cached_property
    def tips(self) -> Mapping[str, RiskTip]:
        """Tips by id."""
        return {record.id: record for record in self._knowledge.records if isinstance(record, RiskTip)}

    @cached_property
    def checklists(self) -> Mapping[str, Checklist]:
        """Questionnaires by id."""
        return {one.id: one for one in load_checklists(self._settings.knowledge, self._knowledge.records)}

    @cached_property
    def features(self) -> Mapping[str, Feature]:
        """Features of a place by key."""
        return {one.key: one for one in load_features(self._settings.knowledge, self._knowledge.records)}

    @cached_property
    def rules(self) -> RatingRules:
        """评级规则."""
        found: RatingRules = read_yaml(self._settings.knowledge / "risk_rating.yaml", RatingRules)
        return found

    def checklist(self, name: str) -> Checklist:
        """A questionnaire by id or title; ``NotFound`` says which there are."""
        found = self.checklists.get(name) or next((one for one in self.checklists.values() if one.title == name), None)
        if found is None:
            there = "、".join(one.title for one in self.checklists.values())
            raise NotFound(f"没有“{name}”这份问卷，可以选：{there}。")
        return found

    def questionnaire(self, checklist: str, ticked: Sequence[str]) -> Questionnaire:
        """A checklist with the questions of the ticked features."""
        return questionnaire(self.checklist(checklist), self.features.values(), ticked, self.tips)

    # Checks that are kept

    @cached_property
    def store(self) -> SelfChecks:
        """Sites, checks, answers."""
        return SelfChecks(Repository.of(self._settings))

    @cached_property
    def files(self) -> EvidenceFiles:
        """Photos and papers by their hash."""
        return EvidenceFiles(self._folder)

    def begin(self, owner: str, site: str, checklist: str, ticked: Sequence[str], size: str = "", who: str = "") -> Opened:
        """A new check."""
        of = self.questionnaire(checklist, ticked)
        check = self.store.begin(owner, site, of.id, self._known(ticked), size, who, fingerprints(of))
        return self.open(owner, check.id)

    def open(self, owner: str, check_id: str) -> Opened:
        """A check as it stands; ``NotFound`` where the owner has none such."""
        check = self.store.get(owner, check_id)
        of, answers = self.questionnaire(check.checklist, check.features), self.store.answers(owner, check_id)
        return Opened(check, of, answers, changes(check.asked, of, answers))

    def retick(self, owner: str, check_id: str, ticked: Sequence[str]) -> Opened:
        """Other features: questions come or go, answers are kept."""
        check = self.store.get(owner, check_id)
        before, after = (fingerprints(self.questionnaire(check.checklist, keys)) for keys in (check.features, ticked))
        joined = {key: value for key, value in after.items() if key not in before}
        stayed = {key: value for key, value in check.asked.items() if key in after or key not in before}
        self.store.change(owner, check_id, features=self._known(ticked), asked={**stayed, **joined})
        return self.open(owner, check_id)

    def seen(self, owner: str, check_id: str) -> Opened:
        """The reader has read how the questionnaire has changed."""
        opened = self.open(owner, check_id)
        self.store.change(owner, check_id, asked=fingerprints(opened.questionnaire))
        return replace(opened, changes=Changes())

    def answer(
        self, owner: str, check_id: str, question: str, reply: str, note: str | None = None, who: str = ""
    ) -> tuple[Given, Given]:
        """Answer a question; returns the answer before and the new one. What is not said stays as it was."""
        self._asks(owner, check_id, question)
        if reply not in ("", *REPLIES):
            raise UsageError(f"“{reply}”不是可选的回答，请答：{'、'.join(REPLIES)}。")

        def changed(before: Given) -> Given:
            said = reply or before.reply
            confirmed = before.confirmed and said in ("否", "部分")
            return replace(before, reply=said, note=before.note if note is None else note.strip(), confirmed=confirmed, who=who)  # type: ignore[arg-type]

        return self.store.answer(owner, check_id, question, changed)

    def confirm(self, owner: str, check_id: str, question: str, yes: bool, who: str = "") -> Given:
        """The reader says whether the standard's condition for a 重大事故隐患 is met."""
        self._asks(owner, check_id, question)
        return self.store.answer(owner, check_id, question, lambda before: replace(before, confirmed=yes, who=who))[1]

    def attach(self, owner: str, check_id: str, question: str, paths: Sequence[tuple[Path, str]], who: str = "") -> Given:
        """Keep files with an answer."""
        self._asks(owner, check_id, question)
        kept = tuple(self.files.keep(path, name) for path, name in paths)
        return self.store.answer(owner, check_id, question, lambda before: _with(before, kept, who))[1]

    def detach(self, owner: str, check_id: str, question: str, digest: str, who: str = "") -> Given:
        """An answer no longer shows a file; it stays with the earlier answers."""

        def without(before: Given) -> Given:
            return replace(before, files=tuple(file for file in before.files if file.sha256 != digest), who=who)

        return self.store.answer(owner, check_id, question, without)[1]

    def remove(self, owner: str, check_id: str) -> None:
        """Delete a check, and the files that no other answer has."""
        self.store.remove(owner, check_id)
        used = self.store.files()
        for path in self._folder.glob("*"):
            if path.name not in used:
                path.unlink(missing_ok=True)

    # What they come to

    def result(self, owner: str, check_id: str) -> Result:
        """Findings, compared with the finished check before it at the same site."""
        opened = self.open(owner, check_id)
        before = self._before(owner, opened.check)
        earlier = self._of(self.open(owner, before.id)) if before else None
        return self._of(opened, earlier)

    def report(self, owner: str, check_id: str) -> Report:
        """The result with the sources of every sentence."""
        return self.compose(self.store.get(owner, check_id), self.result(owner, check_id))

    def compose(self, check: SelfCheck, found: Result) -> Report:
        """A result with the sources of every sentence."""
        labels = tuple(self.features[key].label for key in check.features if key in self.features)
        return compose(check, found, self.rules, labels, self._sources(), self._sources().newest)

    def once(
        self,
        site: str,
        checklist: str,
        ticked: Sequence[str],
        answers: Mapping[str, Given],
        day: date,
        size: str = "",
        who: str = "",
    ) -> Report:
        """The report of answers that are at hand at once; nothing is kept."""
        of = self.questionnaire(checklist, ticked)
        check = SelfCheck("", Site("", site), of.id, tuple(self._known(ticked)), size, who, day, day, {})
        return self.compose(check, result(of, answers, self.tips, self.rules, day))

    def _of(self, opened: Opened, before: Result | None = None) -> Result:
        day = opened.check.finished or date.today()
        return result(opened.questionnaire, opened.answers, self.tips, self.rules, day, before)

    def _before(self, owner: str, check: SelfCheck) -> SelfCheck | None:
        latest_first = self.store.checks(owner, check.site.id)
        at = next(place for place, one in enumerate(latest_first) if one.id == check.id)
        return next((one for one in latest_first[at + 1 :] if one.finished), None)

    def _known(self, ticked: Sequence[str]) -> list[str]:
        return [key for key in self.features if key in set(ticked)]

    def _asks(self, owner: str, check_id: str, question: str) -> None:
        check = self.store.get(owner, check_id)
        if all(one.id != question for one in self.questionnaire(check.checklist, check.features).questions):
            raise NotFound("这一问已不在问卷里（问卷改过或者特征取消了），请刷新页面后接着答。")


def _with(before: Given, files: Sequence[Evidence], who: str) -> Given:
    """Files join those that are there, each content once."""
    held = {file.sha256: file for file in (*before.files, *files)}
    if len(held) > MOST_FILES:
        raise UsageError(f"一问最多附{MOST_FILES}个文件，请挑要紧的附上。")
    return replace(before, files=tuple(held.values()), who=who)
