"""企业自查 in the database: sites, checks and their answers, each question asked in the name of an owner.

Every answer is written at once and only added, so that a reload goes on where it was and nobody's answer is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from assistant.domain.ledger import Evidence
from assistant.domain.selfcheck import Given, SelfCheck, Site
from assistant.errors import NotFound, UsageError
from assistant.store.repository import Repository
from assistant.store.selfcheck_tables import MemberRow, SelfCheckAnswerRow, SelfCheckRow, SiteRow
from assistant.store.tables import now

LONGEST_SITE, LONGEST_NOTE, LONGEST_WORD = 60, 2000, 40
"""Characters of a site's name, of a note, and of whatever else is typed."""
Change = Callable[[Given], Given]


class SelfChecks:
    """The self-checks of a repository."""

    def __init__(self, repository: Repository) -> None:
        self._session = repository._session

    def sites(self, owner: str) -> list[Site]:
        """The owner's sites and those that were shared with the owner, the newest first."""
        wanted = select(SiteRow).where(_mine(owner)).order_by(SiteRow.created.desc())
        with self._session() as session:
            return [_site(row, owner) for row in session.scalars(wanted)]

    def join(self, owner: str, code: str) -> Site:
        """Answer at a site that somebody else has made; ``NotFound`` for a code that leads nowhere."""
        with self._session() as session:
            site = session.get(SiteRow, code.strip())
            if site is None:
                raise NotFound("这个邀请码找不到场所，请让同事重新复制一次（在左边场所下面）。")
            if site.owner != owner and session.get(MemberRow, (site.id, owner)) is None:
                session.add(MemberRow(site_id=site.id, owner=owner))
            return _site(site, owner)

    def owner(self, owner: str, check_id: str) -> str:
        """Whose site it is that is checked."""
        with self._session() as session:
            return _owned(session, owner, check_id)[1].owner

    def checks(self, owner: str, site: str = "") -> list[SelfCheck]:
        """The owner's checks and those of shared sites, of one site or of all, the latest first."""
        wanted = select(SelfCheckRow, SiteRow).join(SiteRow, SiteRow.id == SelfCheckRow.site_id)
        wanted = wanted.where(_mine(owner)).order_by(SelfCheckRow.started.desc())
        with self._session() as session:
            return [_check(*row, owner) for row in session.execute(wanted.where(SiteRow.id == site) if site else wanted)]

    def get(self, owner: str, check_id: str) -> SelfCheck:
        """One of the owner's checks; ``NotFound`` where there is none such."""
        with self._session() as session:
            return _check(*_owned(session, owner, check_id), owner)

    def begin(
        self, owner: str, site: str, checklist: str, features: Iterable[str], size: str, who: str, asked: Mapping[str, str]
    ) -> SelfCheck:
        """A new check of a site, which is made at first use; raises ``UsageError`` for a name that is empty or too long."""
        name = " ".join(site.split())
        if not name:
            raise UsageError("请先写明查的是哪个场所，例如“南山路12号餐饮店”。")
        if len(name) > LONGEST_SITE:
            raise UsageError(f"场所名称有{len(name)}个字，请写在{LONGEST_SITE}字以内。")
        with self._session() as session:
            wanted = select(SiteRow).where(_mine(owner), SiteRow.name == name).order_by(SiteRow.owner != owner).limit(1)
            place = session.scalar(wanted)
            if place is None:
                place = SiteRow(id=uuid4().hex, owner=owner, name=name, created=now())
                session.add(place)
                session.flush()
            row = SelfCheckRow(
                id=uuid4().hex,
                site_id=place.id,
                checklist=checklist,
                features=sorted(features),
                size=size.strip()[:LONGEST_WORD],
                who=who.strip()[:LONGEST_WORD],
                asked=dict(asked),
                version=0,
                started=now(),
                finished=None,
            )
            session.add(row)
            return _check(row, place, owner)

    def change(
        self,
        owner: str,
        check_id: str,
        *,
        features: Iterable[str] | None = None,
        asked: Mapping[str, str] | None = None,
        finished: bool | None = None,
    ) -> SelfCheck:
        """Other features; the questions as the reader has now seen them; done, or gone on with."""
        with self._session() as session:
            row, site = _owned(session, owner, check_id)
            if features is not None:
                row.features = sorted(features)
            if asked is not None:
                row.asked = dict(asked)
            if finished is not None:
                row.finished = now() if finished else None
            return _check(row, site, owner)

    def answers(self, owner: str, check_id: str) -> dict[str, Given]:
        """What stands: the latest answer to each question."""
        return {one.question: one for one in self.history(owner, check_id)}

    def history(self, owner: str, check_id: str, question: str = "") -> list[Given]:
        """Every answer of a check, or to one question, in the order in which they were given."""
        wanted = select(SelfCheckAnswerRow).where(SelfCheckAnswerRow.check_id == check_id).order_by(SelfCheckAnswerRow.seq)
        with self._session() as session:
            _owned(session, owner, check_id)
            rows = session.scalars(wanted.where(SelfCheckAnswerRow.question == question) if question else wanted)
            return [_given(row) for row in rows]

    def answer(self, owner: str, check_id: str, question: str, change: Change) -> tuple[Given, Given]:
        """Add what ``change`` makes of the latest answer; returns that one (empty where there was none) and the new one."""
        with self._session() as session:
            # The first statement writes: until this answer is whole nobody else gets in, in either database.
            session.execute(update(SelfCheckRow).where(SelfCheckRow.id == check_id).values(version=SelfCheckRow.version + 1))
            check, _ = _owned(session, owner, check_id)
            mine = (SelfCheckAnswerRow.check_id == check_id, SelfCheckAnswerRow.question == question)
            latest = session.scalar(select(SelfCheckAnswerRow).where(*mine).order_by(SelfCheckAnswerRow.seq.desc()).limit(1))
            before = _given(latest) if latest else Given(question)
            after = change(before)
            if len(after.note) > LONGEST_NOTE:
                raise UsageError(f"说明有{len(after.note)}个字，请写在{LONGEST_NOTE}字以内，更多的内容请作为文件附上。")
            row = SelfCheckAnswerRow(
                check_id=check_id,
                seq=check.version,
                question=question,
                reply=after.reply,
                note=after.note,
                files=[asdict(file) for file in after.files],
                confirmed=after.confirmed,
                who=after.who[:LONGEST_WORD],
                created=now(),
            )
            session.add(row)
            check.finished = None
            return before, _given(row)

    def remove(self, owner: str, check_id: str) -> None:
        """Delete a check with its answers, and its site where that was the last; ``UsageError`` for one of a shared site."""
        with self._session() as session:
            row, site = _owned(session, owner, check_id)
            if site.owner != owner:
                raise UsageError("这是同事分享的场所，只有建立它的人能删除自查。")
            session.delete(row)
            session.flush()
            if session.scalar(select(SelfCheckRow.id).where(SelfCheckRow.site_id == site.id).limit(1)) is None:
                session.execute(delete(SiteRow).where(SiteRow.id == site.id))

    def files(self) -> set[str]:
        """Hashes of all files that any answer of anybody ever had."""
        with self._session() as session:
            return {file["sha256"] for files in session.scalars(select(SelfCheckAnswerRow.files)) for file in files}


def _owned(session: Session, owner: str, check_id: str) -> tuple[SelfCheckRow, SiteRow]:
    wanted = select(SelfCheckRow, SiteRow).join(SiteRow, SiteRow.id == SelfCheckRow.site_id)
    found = session.execute(wanted.where(SelfCheckRow.id == check_id, _mine(owner))).first()
    if found is None:
        raise NotFound("这次自查已不在记录里，请从左边另选一次，或者新建一次自查。")
    return found[0], found[1]


def _mine(owner: str) -> ColumnElement[bool]:
    """Sites that the owner made, or was let in to."""
    return or_(SiteRow.owner == owner, SiteRow.id.in_(select(MemberRow.site_id).where(MemberRow.owner == owner)))


def _site(row: SiteRow, owner: str) -> Site:
    return Site(row.id, row.name, row.owner == owner)


def _check(row: SelfCheckRow, site: SiteRow, owner: str) -> SelfCheck:
    return SelfCheck(
        id=row.id,
        site=_site(site, owner),
        checklist=row.checklist,
        features=tuple(row.features),
        size=row.size,
        who=row.who,
        started=_day(row.started),
        finished=_day(row.finished) if row.finished else None,
        asked=row.asked,
    )


def _day(moment: datetime) -> date:
    """The day on this machine's clock."""
    return moment.replace(tzinfo=UTC).astimezone().date()


def _given(row: SelfCheckAnswerRow) -> Given:
    files = tuple(Evidence(**file) for file in row.files)
    return Given(row.question, row.reply, row.note, files, row.confirmed, row.who, row.created)  # type: ignore[arg-type]
