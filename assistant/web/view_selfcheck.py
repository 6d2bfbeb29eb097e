"""企业自查 as HTML: what is checked, its sites and steps, the risk matrix beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape

from assistant.answer.authorities import Authorities
from assistant.domain.checklist import Checklist, Feature
from assistant.domain.ledger import Level
from assistant.domain.selfcheck import NotAsked, RatingRules, Result, SelfCheck, Site
from assistant.web.view_assess_side import cards

PLACE = "selfcheck"
"""What the cards of the page are named after."""
STEPS = {"setup": "行业与特征", "ask": "问答", "report": "报告", "ledger": "台账"}
SIZES = ("10人以下", "11至100人", "101至300人", "300人以上")
GRADES = {"高": "high", "中": "middle", "低": "low"}
LEVELS = {Level.MAJOR: "major", Level.SERIOUS: "serious", Level.MINOR: "minor"}


def shell(step: str, body: str, failure: str = "", notice: str = "") -> str:
    """The middle column at a step."""
    failed = f'<p class="failure" role="alert">{escape(failure)}</p>' if failure else ""
    said = f'<p class="told" role="status">{escape(notice)}</p>' if notice else ""
    return f'<div class="sc" data-step="{step}">{failed}{said}{body}</div>'


def side(
    sites: Sequence[Site],
    checks: Mapping[str, Sequence[SelfCheck]],
    current: SelfCheck | None,
    step: str,
    progress: tuple[int, int],
) -> str:
    """The left column: sites, the times each was checked, the steps of the one that is open."""
    items = "".join(_site(site, checks.get(site.id, ()), current) for site in sites)
    listed = f'<h2>场所</h2><ul class="sites">{items}</ul>' if sites else ""
    return f'<button type="button" class="new" data-act="fresh">＋ 新自查</button>{listed}<h2>步骤</h2>{_steps(current, step, progress)}'


def _site(site: Site, checks: Sequence[SelfCheck], current: SelfCheck | None) -> str:
    here = bool(current and current.site.id == site.id)
    mark = ' aria-current="true"' if here else ""
    latest = f'<li><button type="button" data-act="visit" data-check="{escape(checks[0].id)}"{mark}>{escape(site.name)}</button>'
    times = "".join(_time(one, bool(current and one.id == current.id)) for one in checks) if here else ""
    share = (
        f'<button type="button" class="share" data-do="copy" data-copy="{escape(site.id)}" '
        'title="同事在“＋新自查”里粘贴邀请码，就能一起答">复制邀请码，请同事一起答</button>'
        if site.own
        else '<span class="faint">同事分享的</span>'
    )
    return latest + (f'<ul class="times">{times}</ul>{share}' if here else "") + "</li>"


def _time(one: SelfCheck, here: bool) -> str:
    state = "已出报告" if one.finished else "未答完"
    ask = f"删除{one.started.isoformat()}那次自查？回答和附件一并删除，不能恢复；已进台账的不受影响。"
    return (
        f'<li><button type="button" data-act="visit" data-check="{escape(one.id)}"{" aria-current=true" if here else ""}>'
        f"{one.started.isoformat()} {state}</button>"
        f'<button type="button" class="x" data-act="erase" data-check="{escape(one.id)}" data-confirm="{escape(ask)}" aria-label="删除">×</button></li>'
    )


def _steps(current: SelfCheck | None, step: str, progress: tuple[int, int]) -> str:
    done, total = progress
    past = {
        "setup": current is not None,
        "ask": current is not None and done == total,
        "report": bool(current and current.finished),
    }
    rows = ""
    for number, (key, name) in enumerate(STEPS.items(), 1):
        count = f" {done} / {total}" if key == "ask" and current else ""
        tick = " ✓" if past.get(key) else ""
        off = "" if current or key == "setup" else " disabled"
        on = ' aria-current="step"' if key == step else ""
        rows += f'<li><button type="button" data-act="goto" data-step="{key}"{on}{off}>{number} {name}{count}{tick}</button></li>'
    return f'<ol class="steps">{rows}</ol>'


def setup(
    checklists: Iterable[Checklist],
    features: Mapping[str, Feature],
    values: Mapping[str, str],
    names: Sequence[str],
    check: SelfCheck | None,
) -> str:
    """What is checked: a form; ``values`` is what it holds so far, ``names`` the sites that there are."""
    listed = tuple(checklists)
    chosen = next((one for one in listed if one.id == values.get("checklist")), None)
    head = "<h2>查哪里、查什么</h2>" if check is None else f"<h2>{escape(check.site.name)}：行业与特征</h2>"
    lead = (
        '<p class="lead">选好行业和特征，十五到三十问，一刻钟答完：哪些缺口危险、法律怎么要求、谁担责、限期做什么，都有出处。</p>'
    )
    kinds = "".join(_kind(one, chosen, locked=check is not None) for one in ((chosen,) if chosen else listed))
    other = (
        '<button type="button" class="link" data-act="pick" data-chosen="">换一个类型</button>'
        if chosen and check is None
        else ""
    )
    return (
        f'<form class="setup">{head}{lead if check is None else ""}'
        + (_place(values, names) if check is None else "")
        + f'<h3>行业或者场所类型</h3><div class="trades">{kinds}{other}</div>'
        f'<input type="hidden" name="checklist" value="{escape(values.get("checklist", ""))}">'
        + (_features(chosen, features, values) if chosen else "")
        + _go(chosen, check)
        + (_join() if check is None and not chosen else "")
        + "</form>"
    )


def _place(values: Mapping[str, str], names: Sequence[str]) -> str:
    options = "".join(f'<option value="{escape(name)}">' for name in names)
    sizes = "".join(f"<option{' selected' if size == values.get('size') else ''}>{size}</option>" for size in SIZES)
    return (
        '<div class="place"><label>场所名称<input name="site" maxlength="60" list="sc-sites" placeholder="南山路12号餐饮店" '
        f'value="{escape(values.get("site", ""))}"></label><datalist id="sc-sites">{options}</datalist>'
        f'<label>人数<select name="size"><option value="">不填</option>{sizes}</select></label>'
        f'<label>填答人<input name="who" maxlength="40" placeholder="可不填" value="{escape(values.get("who", ""))}"></label></div>'
    )


def _join() -> str:
    return (
        '<p class="join"><label>同事已经开始了？粘贴邀请码一起答<input name="code" maxlength="64"></label>'
        '<button type="button" data-act="join">加入</button></p>'
    )


def _kind(one: Checklist, chosen: Checklist | None, *, locked: bool) -> str:
    on = one is chosen
    act = "" if locked else f' data-act="pick" data-chosen="{escape(one.id)}"'
    return (
        f'<button type="button" class="trade" aria-pressed="{str(on).lower()}"{act}><b>{escape(one.title)}</b>'
        f"<span>{escape(one.about)}</span></button>"
    )


def _features(chosen: Checklist, features: Mapping[str, Feature], values: Mapping[str, str]) -> str:
    first = [features[key] for key in chosen.features if key in features]
    others = [one for key, one in features.items() if key not in chosen.features]
    folded = f"<details><summary>其他特征</summary>{_boxes(others, values)}</details>" if others else ""
    return f'<h3>有没有这些情况（勾上就加问）</h3><div class="features">{_boxes(first, values)}{folded}</div>'


def _boxes(features: Iterable[Feature], values: Mapping[str, str]) -> str:
    return "".join(
        f'<label><input type="checkbox" name="f-{escape(one.key)}"{" checked" if values.get(f"f-{one.key}") else ""}> {escape(one.label)}</label>'
        for one in features
    )


def _go(chosen: Checklist | None, check: SelfCheck | None) -> str:
    if chosen is None:
        return '<p class="faint">先选一个类型。</p>'
    word, act = ("开始", "begin") if check is None else ("保存特征，接着答", "retick")
    out = "、".join(chosen.not_asked)
    left = f'<p class="faint">这份问卷不问：{escape(out)}。</p>' if out else ""
    return f'{left}<p class="go"><button type="button" class="primary" data-act="{act}">{word}</button></p>'


def matrix(result: Result | None, rules: RatingRules) -> str:
    """The risk matrix: likelihood upwards, severity to the right; a cell says its rule and what lies in it."""
    rows = ""
    for likelihood in range(len(rules.cells), 0, -1):
        for severity in range(1, len(rules.severities) + 1):
            rows += _cell(likelihood, severity, result, rules)
    said = "".join(f"<li>{escape(rule)}</li>" for rule in rules.rules)
    return (
        f'<h2 class="count">风险图</h2><div class="risks" role="group" aria-label="风险矩阵">{rows}</div>'
        '<p class="axes"><span>横轴：后果从轻到重</span><span>纵轴：可能性从小到大</span></p>'
        f'<details class="rules"><summary>按声明的规则评级，点开看规则</summary><ul>{said}</ul></details>'
    )


def _cell(likelihood: int, severity: int, result: Result | None, rules: RatingRules) -> str:
    grade, held = rules.grade(likelihood, severity), result.cell(likelihood, severity) if result else ()
    level = rules.levels[grade]
    rule = (
        f"可能性{likelihood}级（{rules.likelihoods[likelihood - 1]}）× 后果{severity}级（{rules.severities[severity - 1]}）"
        f"＝{grade}：{level.value}，{rules.days(level)}日内；按判定标准属于重大事故隐患的，重大。"
    )
    named = "".join(f" · {one.tip.title}" for one in held)
    count = len(held) or ""
    return (
        f'<span class="cell term {GRADES[grade]}{" held" if held else ""}" tabindex="0" data-tip="{escape(rule + named)}" '
        f'aria-label="{escape(rule)}{len(held)}项">{count}</span>'
    )


def left_out(found: NotAsked, *, ended: bool) -> str:
    """没有问到的: what must not be taken for safe."""
    parts = []
    if found.left_out:
        parts.append(f"<p>这份问卷不问：{escape('、'.join(found.left_out))}。</p>")
    if found.unticked:
        parts.append(
            f"<p>没有勾选的特征：{escape('、'.join(found.unticked))}。"
            '有的话<button type="button" class="link" data-act="goto" data-step="setup">加选特征</button>后继续。</p>'
        )
    if found.unanswered and ended:
        asks = "".join(
            f'<li><button type="button" class="link" data-act="turn" data-question="{escape(one.id)}">{escape(one.ask)}</button></li>'
            for one in found.unanswered
        )
        parts.append(f"<p>问了没有答：</p><ul>{asks}</ul>")
    for one in found.skipped:
        count, ask = len(one.questions), f"“{one.because.ask}”答了{one.reply}"
        asks = "".join(f"<li>{escape(question.ask)}</li>" for question in one.questions)
        parts.append(f"<details><summary>因为{escape(ask)}，没有问 {count} 问</summary><ul>{asks}</ul></details>")
    return f'<h2 class="count">没有问到的</h2><div class="box">{"".join(parts) or "<p>问卷里的都问到了；问卷以外的没有问。</p>"}</div>'


def sources(found: Authorities) -> str:
    """依据 as cards."""
    return cards(found.citations, PLACE) if found.citations else ""


def ticked(values: Mapping[str, str], known: Collection[str]) -> list[str]:
    """Keys of the features whose boxes the form has."""
    return [key for key in known if values.get(f"f-{key}")]
