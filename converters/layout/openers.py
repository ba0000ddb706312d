"""The head of an article in, its opener out: kicker, title, subtitle and byline, hung from the line on which the text begins.

Source: design brief, «Article opener», «Title lines».
"""

from typing import NamedTuple

from converters.document import Article, Credit, plain_text, title_text
from converters.layout.inlines import Kit
from converters.layout.slugs import Opener, Strip
from converters.renditions import byline_groups
from converters.typography.titles import divide_title

BETWEEN_NAMES = " "
BETWEEN_ROLES = "\u3000\u3000"


class Rank(NamedTuple):
    """Where an article stands in the book. number: from 1. part: the name and the number, from 1, of a part that begins with it and has
    no page of its own."""

    number: int
    part: tuple[str, int] | None = None


def set_opener(kit: Kit, article: Article, rank: Rank) -> Opener:
    """The opener of the article of this rank."""
    style = kit.style
    room = style.page.measure / style.size("title")
    title = tuple(_line(kit, line, "title") for line in divide_title(plain_text(article.title), room))
    above = [_strip(kit, title_text(article.kicker), "kicker")] if article.kicker else []
    below = [_strip(kit, "——" + title_text(article.subtitle), "subtitle")] if article.subtitle else []
    if article.byline:
        below.append(_strip(kit, byline(article.byline), "byline"))
    return Opener(
        anchors=(*([f"part-{rank.part[1]}"] if rank.part else []), f"article-{rank.number}"),
        title=title,
        title_strip=Strip(title, style.size("title"), width=style.page.measure, align=style.text["title"].align),
        above=tuple(above),
        below=tuple(below),
        part=_strip(kit, rank.part[0], "contents_part") if rank.part else None,
    )


def byline(credits: tuple[Credit, ...]) -> str:
    """记者 白雪松 李薇　　通讯员 张志伟: an em between people, two between roles; no padding of short names."""
    groups = [BETWEEN_NAMES.join((role, *names) if role else names) for role, names in byline_groups(credits)]
    return BETWEEN_ROLES.join(groups)


def _line(kit: Kit, text: str, name: str) -> int:
    return kit.stick.set([(text, kit.cut(name))], kit.shape(name, kit.style.page.measure))


def _strip(kit: Kit, text: str, name: str) -> Strip:
    style = kit.style
    return Strip((_line(kit, text, name),), style.size(name), width=style.page.measure, align=style.text[name].align)
