"""Accounts in, one self-contained web page out: the source's lines beside what they became, and the decisions that lead to them.

Invariant: nothing is loaded and nothing runs; a decision is a link to its lines, and the browser itself marks where it led.
Sources: HTML Living Standard; WCAG 2.2, 1.4.6; design brief, «Screen».
"""

from collections.abc import Iterable, Iterator, Sequence

from converters.explain.account import Account, Chapter, Entry, Figures, Row
from converters.explain.wording import Wording, percent, summary
from converters.manuscript import Manuscript
from converters.markup.escape import escape, permitted, quote
from converters.recovery.decisions import Question
from converters.recovery.passages import join_all, passages_of
from converters.styles import Palette

_LOOK = """\
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 110rem; padding: 1.5rem; color: var(--ink); background: var(--paper); line-height: 1.7;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1, h2, h3 { margin: 0; font-weight: 600; line-height: 1.4; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; }
h2 { margin-top: 2.5rem; font-size: 1.2rem; }
h3 { margin-top: 1rem; font-size: 1rem; }
p { margin: .2rem 0; }
a { color: var(--accent); text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.files, .doubts ol { margin: .5rem 0; padding: 0; list-style: none; }
.doubts li { padding: .6rem 0; border-top: 1px solid var(--rule); }
.doubts li:target { background: var(--mark); }
.doubts blockquote { margin: .3rem 0 .3rem 1rem; overflow-wrap: anywhere; }
.doubts details li { padding: .1rem 0; border: 0; font-size: .875rem; }
summary { cursor: pointer; padding: .5rem 0; }
table { width: 100%; min-width: 38rem; border-collapse: collapse; table-layout: fixed; }
.scroll { overflow-x: auto; }
.narrow { width: 5rem; }
td, th { padding: .15rem .6rem; vertical-align: top; text-align: left; font-weight: 400; overflow-wrap: anywhere; }
thead th { border-bottom: 1px solid var(--ink); font-weight: 600; }
tbody th[colspan] { padding: 1.6rem .6rem .4rem; font-weight: 600; }
tr { scroll-margin-top: 30vh; }
tbody th[scope=row] { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; scroll-margin-top: 30vh; }
.result { border-left: 1px solid var(--rule); border-top: 1px solid var(--rule); white-space: pre-line;
  font-family: "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", serif; }
.role { margin-right: .8em; font: .8rem system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
.title, .banner { font-weight: 600; }
.title { font-size: 1.15rem; }
.furniture td { text-decoration: line-through; }
.paged td, .paged th { border-top: 1px dashed var(--rule); }
tr:target, tr:has(th:target), tr:has(+ tr th:target) { background: var(--mark); }
tr:target a, tr:has(th:target) a, tr:has(+ tr th:target) a, .doubts li:target a { color: inherit; }
@media (min-width: 75rem) {
  .sheet { display: grid; grid-template-columns: 26rem minmax(0, 1fr); column-gap: 2.5rem; align-items: start; }
  .doubts { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-right: .5rem; }
}
@media print { .sheet { display: block; } .doubts { position: static; max-height: none; } }
"""


def page(accounts: Sequence[Account], wording: Wording, palette: Palette) -> bytes:
    """The page as UTF-8, a section for each source. palette: of the theme, by day and by night."""
    say = wording.say
    sections = "".join(_section(account, f"s{number}", wording) for number, account in enumerate(accounts, 1))
    text = (
        f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[wording.language]}">\n<head>\n<meta charset="UTF-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(say('page-title'))}</title>\n<style>\n{_colours(palette)}{_LOOK}</style>\n</head>\n"
        f"<body>\n<header>\n<h1>{escape(say('page-title'))}</h1>\n<p>{escape(say('explained'))}</p>\n{_files(accounts, wording)}</header>\n"
        f"<main>\n{sections}</main>\n</body>\n</html>\n"
    )
    return permitted(text)[0].encode()


_EXCERPT = 36
"""Characters of a line that a decision shows."""
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def _colours(palette: Palette) -> str:
    """The theme's colours by day and by night, with a ground for what a link led to and a hairline."""
    day = f"--ink: {palette.ink}; --paper: {palette.paper}; --accent: {palette.accent}; --mark: #F4E4DC; --rule: #CFCBC2;"
    night = f"--ink: {palette.dark_ink}; --paper: {palette.dark_paper}; --accent: {palette.dark_accent}; --mark: #40302B; --rule: #4A4845;"
    return f":root {{ {day} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {night} }} }}\n"


def _files(accounts: Sequence[Account], wording: Wording) -> str:
    """What the page holds, where that is more than one source."""
    if len(accounts) < 2:
        return ""
    total = summary(sum((account.figures for account in accounts), Figures()), wording)
    items = "".join(
        f'<li><a href="#s{number}">{escape(account.path)}</a>: {escape(summary(account.figures, wording))}</li>\n'
        for number, account in enumerate(accounts, 1)
    )
    return f'<p>{escape(wording.say("total", files=len(accounts), summary=total))}</p>\n<ul class="files">\n{items}</ul>\n'


def _section(account: Account, name: str, wording: Wording) -> str:
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">\n<h2 id="{name}-title">{escape(account.path)}</h2>\n'
        f"<p>{escape(summary(account.figures, wording))}</p>\n"
        f'<div class="sheet">\n<div class="doubts">\n{_decisions(account, name, wording)}</div>\n'
        f'<div class="scroll">\n{_table(account, name, wording)}</div>\n</div>\n</section>\n'
    )


# -------------------------------------------------------------------------------------------------------------- decisions


def _decisions(account: Account, name: str, wording: Wording) -> str:
    """The doubtful ones with their lines and words, and the others behind a word."""
    say = wording.say
    doubtful, certain = account.doubtful, account.certain
    how = f"<p>{escape(say('how', path=account.path))}</p>\n" if any(map(wording.advice, (entry.decision for entry in doubtful))) else ""
    items = "".join(_doubt(entry, account, name, wording) for entry in doubtful)
    shown = f"<h3>{escape(say('doubtful'))}</h3>\n<ol>\n{items}</ol>\n{how}" if items else f"<p>{escape(say('none-doubtful'))}</p>\n"
    if not certain:
        return shown
    others = "".join(_other(entry, account, name, wording) for entry in certain)
    return f"{shown}<details>\n<summary>{escape(say('certain', count=len(certain)))}</summary>\n<ol>\n{others}</ol>\n</details>\n"


def _doubt(entry: Entry, account: Account, name: str, wording: Wording) -> str:
    decision = entry.decision
    numbers = account.numbers_of(decision)
    lines = "".join(_excerpt(account.rows[number], f"{name}-r{number}", number != numbers[-1]) for number in numbers)
    sentences = [wording.say("because", reason=wording.why(decision)), wording.advice(decision)]
    grounds = "".join(f"<p>{escape(sentence)}</p>\n" for sentence in sentences if sentence)
    settled = f" · {wording.say('settled')}" if entry.number in account.settled else ""
    link, sure = _link(entry, account, name, wording), escape(wording.sure(decision.confidence) + settled)
    return f'<li id="{name}-d{entry.number}">{entry.number}. {link} {sure}\n<blockquote>{lines}</blockquote>\n{grounds}</li>\n'


def _other(entry: Entry, account: Account, name: str, wording: Wording) -> str:
    sure = wording.say("confidence", percent=percent(entry.decision.confidence))
    words = f"{sure} {wording.why(entry.decision)}"
    return f"<li>{entry.number}. {_link(entry, account, name, wording)} {escape(words)}</li>\n"


def _link(entry: Entry, account: Account, name: str, wording: Wording) -> str:
    """To the decision's line; of a line end to its number, by which the line above is marked too."""
    decision = entry.decision
    numbers = account.numbers_of(decision)
    target = f"{name}-j{numbers[-1]}" if decision.question is Question.JOIN else f"{name}-r{numbers[0]}"
    return f'<a href="#{target}">{escape(wording.where(decision))} {escape(wording.answer(decision))}</a>'


def _excerpt(row: Row, target: str, is_end: bool) -> str:
    """The line that a decision is about, by its number; of a long one the end that the decision is about."""
    text = row.text
    if len(text) > _EXCERPT:
        text = f"…{text[-_EXCERPT:]}" if is_end else f"{text[:_EXCERPT]}…"
    return f'<p><a href="#{target}">{row.line}</a> {escape(text)}</p>'


# ------------------------------------------------------------------------------------------------------------ the columns


def _table(account: Account, name: str, wording: Wording) -> str:
    say = wording.say
    bodies = []
    first = 0
    for chapter in account.chapters:
        bodies.append(_body(chapter, name, first, wording))
        first += len(chapter.rows)
    heads = f'<th scope="col" class="narrow">{escape(say("number"))}</th><th scope="col">{escape(say("source"))}</th>'
    return f'<table>\n<thead><tr>{heads}<th scope="col">{escape(say("became"))}</th></tr></thead>\n{"".join(bodies)}</table>\n'


def _body(chapter: Chapter, name: str, first: int, wording: Wording) -> str:
    """An article: each paragraph stands once, beside all its lines."""
    head = ""
    if chapter.number:
        title = wording.say("article", number=chapter.number, title=chapter.title or wording.say("untitled"))
        column = f"　{wording.say('column', name=chapter.column)}" if chapter.column else ""
        head = f'<tr><th colspan="3" scope="rowgroup">{escape(title + column)}</th></tr>\n'
    rows: list[str] = []
    for run in _runs(chapter.rows):
        result = _result(run, wording)
        for row in run:
            rows.append(_row(row, f"{name}-", first + len(rows), result))
            result = ""
    return f"<tbody>\n{head}{''.join(rows)}</tbody>\n"


def _runs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of each paragraph, with the furniture that cuts it in two."""
    run: list[Row] = []
    between: list[Row] = []
    for row in rows:
        if row.role == "furniture":
            between.append(row)
        elif row.begins or not run:
            yield from ([run] if run else [])
            yield from ([own] for own in between)
            run, between = [row], []
        else:
            run, between = [*run, *between, row], []
    yield from ([run] if run else [])
    yield from ([own] for own in between)


def _row(row: Row, name: str, number: int, result: str) -> str:
    doubts = "".join(f' <a href="#{name}d{entry.number}">[{entry.number}]</a>' for entry in row.entries if entry.doubtful)
    joins = any(entry.decision.question is Question.JOIN for entry in row.entries)
    classes = " ".join([*(["furniture"] if row.role == "furniture" else []), *(["paged"] if row.piece.evidence.page_before else [])])
    opening = f'<tr id="{name}r{number}"' + (f' class="{classes}">' if classes else ">")
    anchor = f' id="{name}j{number}"' if joins else ""
    return f'{opening}<th scope="row"{anchor}>{row.line}{doubts}</th><td>{escape(row.text)}</td>{result}</tr>\n'


def _result(run: list[Row], wording: Wording) -> str:
    """The cell that holds what a run of rows became."""
    first = run[0]
    pieces = tuple(row.piece for row in run if row.role != "furniture")
    text = first.text if first.piece.block or not pieces else join_all(passages_of(Manuscript("", pieces))).text
    span = f' rowspan="{len(run)}"' if len(run) > 1 else ""
    role = f'<span class="role">{escape(wording.role(first.role))}</span>'
    return f'<td class="result {quote(first.role)}"{span}>{role}{escape(text) if pieces else ""}</td>'
