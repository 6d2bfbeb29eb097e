"""条文沿革: the editions of an article, and what can be said of it on a day. Nothing is shown as the law of a day that was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from assistant.answer.sources import Sources
from assistant.domain.history import ArticleHistory, DayLaw, Edition, Standing
from assistant.domain.provision import ArticleRef, Provision, Span
from assistant.law.labels import day, label
from assistant.law.numerals import to_chinese
from assistant.law.versions import Amendment, ArticleVersion, article_versions


def history(ref: ArticleRef, sources: Sources) -> ArticleHistory:
    """Every edition of an article, oldest first, gaps included."""
    newest = sources.provision(ref, date.max)
    amendments = sources.amendments(ref.law)
    versions = article_versions(ref.article, newest.text if newest else None, amendments)
    if len(versions) == 1 and not versions[0].by:
        return ArticleHistory(ref, tuple(_stored(ref, sources)))
    return ArticleHistory(ref, tuple(_edition(ref, version, amendments, sources) for version in versions))


def day_law(provision: Provision, on: date, sources: Sources) -> DayLaw:
    """What held on the day; ``provision`` is what the library offers for it. Where that did not hold, a sentence says so."""
    ref = provision.ref
    law, known = sources.law(ref.law), history(ref, sources)
    if law.effective.end and on > law.effective.end:
        return DayLaw(provision, on, Standing.ENDED)
    edition = known.on(on)
    if edition is not None and edition.text:
        found = sources.by_id(edition.source_id)
        shown = found if isinstance(found, Provision) else provision
        return DayLaw(replace(shown, effective=_span(edition, shown)), on, Standing.IN_FORCE)
    if law.effective.start and on < law.effective.start and not known.editions[0].created:
        standing, why = Standing.UNKNOWN, _before_the_law(ref, law.effective.start, on)
    else:
        standing, why = _missing(known, edition, on)
    return _nearest(known, provision, DayLaw(provision, on, standing, why), sources)


def _span(edition: Edition, shown: Provision) -> Span:
    return Span(edition.start or shown.effective.start, edition.end or shown.effective.end)


def _missing(known: ArticleHistory, edition: Edition | None, on: date) -> tuple[Standing, str]:
    """Why there is no wording of the day."""
    name, first = label(known.ref), known.editions[0]
    then = known.next(edition) if edition else None
    if edition is not None and then is not None and then.by:
        kept = "、".join(f"第{to_chinese(n)}款" for n in edition.kept)
        same = f"其中{kept}没有改动，当日的文字与修改以后相同。" if kept else ""
        since = day(then.start) if then.start else ""
        return Standing.UNKNOWN, (
            f"{name}在{day(on)}的文本不能还原：《{then.by}》自{since}起修改了这一条，修改以前的文字不在库中。{same}"
        )
    if edition is not None:
        return Standing.UNKNOWN, f"{name}在{day(on)}的文本不在库中，不能还原。"
    if first.start and on < first.start:
        if first.created:
            return Standing.ABSENT, f"{day(on)}还没有{name}：这一条由《{first.by}》增设，自{day(first.start)}起施行。"
        return (
            Standing.UNKNOWN,
            f"{name}在库中最早的文本自{day(first.start)}起施行；{day(on)}有没有这一条、内容如何，库中没有记载。",
        )
    last = known.editions[-1].end
    gone = f"自{day(last + timedelta(days=1))}起" if last else ""
    return Standing.ENDED, f"{name}{gone}已被删去，{day(on)}没有这一条。"


def _before_the_law(ref: ArticleRef, start: date, on: date) -> str:
    return f"《{ref.law}》现行文本自{day(start)}起施行，{day(on)}还不能适用；此前是否另有规定、内容如何，库中没有记载。"


def _nearest(known: ArticleHistory, provision: Provision, then: DayLaw, sources: Sources) -> DayLaw:
    """The first wording after the day instead, or the last before it, with a note that it is not the law of the day."""
    after = known.after(then.on) or (known.last if then.standing is Standing.ENDED else None)
    found = sources.by_id(after.source_id) if after else None
    shown = found if isinstance(found, Provision) else provision
    start = (after.start if after else None) or shown.effective.start
    since = f"下面是{day(start)}起施行的文本，仅供对照。" if start else "下面是库中现有的文本，仅供对照。"
    sentence = then.sentence + since
    shown = replace(shown, effective=Span(start, (after.end if after else None) or shown.effective.end), note=sentence)
    return replace(then, provision=shown, sentence=sentence)


def _edition(ref: ArticleRef, version: ArticleVersion, amendments: tuple[Amendment, ...], sources: Sources) -> Edition:
    whole = sources.law(ref.law).effective.start
    start = version.start or whole
    edition = Edition(start, version.end, version.by, version.created, kept=version.kept)
    found = _wording(ref, version, start, sources)
    return replace(edition, text=found.text, source_id=found.id) if found else edition


def _wording(ref: ArticleRef, version: ArticleVersion, start: date | None, sources: Sources) -> Provision | None:
    """The provision that holds the wording: the imported text, or our gist of the article or of the amendment's clause."""
    if version.text is None:
        return None
    if version.end is None:
        return sources.provision(ref, date.max)
    stored = next((one for one in sources.texts.versions(ref.law, ref.article) if one.text == version.text), None)
    gists = (one for one in sources.knowledge.provisions if version.by and one.ref.law == version.by)
    return stored or next((one for one in gists if one.text.endswith(version.text)), None)


def _stored(ref: ArticleRef, sources: Sources) -> Iterator[Edition]:
    """Editions of an article that no 修正案 changes: the versions of its law that were imported, or our gist."""
    law = sources.law(ref.law)
    newest = sources.provision(ref, date.max)
    texts = [one for one in sources.texts.versions(ref.law, ref.article) if newest and one.id != newest.id]
    dated = sorted((one for one in texts if one.effective.start), key=lambda one: one.effective.start or date.min)
    for one in [*dated, *([newest] if newest else [])]:
        ended = law.effective.end if one is newest else None
        yield Edition(one.effective.start or law.effective.start, one.effective.end or ended, text=one.text, source_id=one.id)
