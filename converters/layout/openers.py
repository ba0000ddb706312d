"""The head of an article in, its opener out: kicker, title, subtitle and byline, hung from the line on which the text begins.

Source: design brief, «Article opener», «Title lines».
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from converters.document import Article, Credit, plain_text, title_text
from converters.layout.headings import spaced
from converters.layout.inlines import Kit
from converters.layout.slugs import Opener, Strip
from converters.renditions import byline_groups
from converters.typography.titles import FULLEST, divide_by_sense, divide_title, width_em

BETWEEN_NAMES = " "
BETWEEN_ROLES = "\u3000\u3000"
_ROLE_OR_NAME = re.compile(r"^\S+ \S+\s*|\s*\S+\s*|\s+")
"""A role with its first name, or a further name, each with the space behind it; a space with nothing before it goes with what follows."""


class Rank(NamedTuple):
    """Where an article stands in the book. number: from 1. part: the name and the number, from 1, of a part that begins with it and has
    no page of its own."""

    number: int
    part: tuple[str, int] | None = None


def set_opener(kit: Kit, article: Article, rank: Rank) -> Opener:
    """The opener of the article of this rank."""
    above = [_strip(kit, title_text(article.kicker), "kicker")] if article.kicker else []
    below = [_strip(kit, "——" + title_text(article.subtitle), "subtitle")] if article.subtitle else []
    if article.byline:
        below.append(_strip(kit, byline(article.byline), "byline", divide_byline))
    lead = kit.style.opener.lead
    return Opener(
        anchors=(*([f"part-{rank.part[1]}"] if rank.part else []), f"article-{rank.number}"),
        title=_title(kit, article, 1.0),
        above=tuple(above),
        below=tuple(below),
        part=part_strip(kit, rank.part[0]) if rank.part else None,
        lead=_title(kit, article, lead) if lead > 1 else None,
    )


def part_strip(kit: Kit, name: str) -> Strip:
    """The name of a part above its first article."""
    return _strip(kit, name, "contents_part")


def _title(kit: Kit, article: Article, scale: float) -> Strip:
    """The title in lines by sense. scale: of its size."""
    style, size = kit.style, kit.style.size("title") * scale
    cut = kit.cut("title")._replace(size=size, advance=size) if scale > 1 else kit.cut("title")
    shape, align = kit.shape("title", style.page.measure)._replace(em=size), style.text["title"].align
    text = plain_text(article.title)
    passages = kit.set_lines(divide_title(text, style.page.measure / size), spaced(cut, text, align), shape)
    return Strip(passages, size, width=style.page.measure, align=align)


def byline(credits: tuple[Credit, ...]) -> str:
    """记者 白雪松 李薇　　通讯员 张志伟: an em between people, two between roles; no padding of short names."""
    groups = [BETWEEN_NAMES.join((role, *names) if role else names) for role, names in byline_groups(credits)]
    return BETWEEN_ROLES.join(groups)


def divide_to_fit(text: str, room: float) -> Sequence[str]:
    """A kicker, a subtitle or the name of a part, turned over only where it is longer than the measure, em."""
    return divide_by_sense(text, room / FULLEST)


def divide_byline(text: str, room: float) -> Sequence[str]:
    """As many roles to a line as fit, and of a role with many people as many names; no name is divided."""
    lines = [""]
    for group in re.findall(rf".+?(?:{BETWEEN_ROLES}|$)", text):
        for names in [group] if _byline_width(group) <= room else _ROLE_OR_NAME.findall(group):
            if lines[-1] and _byline_width(lines[-1] + names) > room:
                lines.append("")
            lines[-1] += names
    return lines


def _byline_width(text: str) -> float:
    """em; a space between two people is one."""
    return width_em(text.replace(BETWEEN_NAMES, "\u3000"))


def _strip(kit: Kit, text: str, name: str, divide: Callable[[str, float], Sequence[str]] = divide_to_fit) -> Strip:
    """divide: how a text that is too long for one line turns over."""
    style, measure = kit.style, kit.style.page.measure
    passages = kit.set_lines(divide(text, measure / style.size(name)), kit.cut(name), kit.shape(name, measure))
    return Strip(passages, style.size(name), width=measure, align=style.text[name].align)
