"""A document in, a commented collection.toml out: guesses for an editor to correct.

Invariant: the draft read back gives the document's own title and parts; nothing that was not found is filled in.
"""

import json
from collections.abc import Iterator

from converters.document import Document, title_text

_COMMENTS = {
    "zh": {
        "head": "这本书的编者决定都写在这里。留空的项目不会印出来，程序也不会替你编造。",
        "title": "书名（暂由程序猜测，请改）",
        "subtitle": "副书名",
        "compiler": "编者，如 某某融媒体中心 编",
        "publisher": "出版者",
        "date": "日期，如 2026-11-21",
        "isbn": "书号，只填真实的",
        "language": "语言",
        "style": "样式，见 python -m converters styles",
        "labels": "说话人：short 首次全称、其后简称；questions 其后问、答；full 每次全称；留空由样式决定",
        "parts": "各辑和其中的文章，依次排列；没有列进来的排在最后的“附编”",
    },
    "en": {
        "head": "What the editor of this book decides. What is left empty prints nothing; nothing is ever made up.",
        "title": "the book's title (a guess: please correct)",
        "subtitle": "",
        "compiler": "who compiled it, as it is to be printed",
        "publisher": "",
        "date": "such as 2026-11-21",
        "isbn": "a real one only",
        "language": "",
        "style": "see python -m converters styles",
        "labels": "speakers: full label once, then short = names, questions = 问 and 答; full = always; empty = as the style says",
        "parts": "the parts and their articles in order; an article in no part goes into a last part",
    },
}


def draft_collection(document: Document, language: str) -> str:
    """The text of a collection.toml for this document, with comments in zh or en."""
    comments = _COMMENTS[language]
    return "\n".join([f"# {comments['head']}", "", *_values(document, comments), "", *_parts(document, comments), ""])


def _values(document: Document, comments: dict[str, str]) -> Iterator[str]:
    meta = document.meta
    known = {"title": meta.title, "subtitle": meta.subtitle, "compiler": meta.compiler, "publisher": meta.publisher, "date": meta.date}
    for key, value in {**known, "isbn": meta.isbn, "language": meta.language, "style": "book", "labels": ""}.items():
        comment = f"  # {comments[key]}" if comments[key] else ""
        yield f"{key} = {_quoted(value)}{comment}"


def _parts(document: Document, comments: dict[str, str]) -> Iterator[str]:
    yield f"# {comments['parts']}"
    for part in document.parts:
        yield from ["", "[[parts]]", f"name = {_quoted(part.name)}", "articles = ["]
        yield from (f"    {_quoted(title_text(article.title))}," for article in part.articles)
        yield "]"


def _quoted(words: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
