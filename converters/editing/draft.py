"""A document in, a commented collection.toml out: guesses for an editor to correct.

Invariant: the draft read back gives the document's own title and parts; nothing that was not found is filled in.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields

from converters.collection import Copyright
from converters.document import Document, Meta, title_text
from converters.styles import BookParts

_Comments = Mapping[str, str]

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
        "foreword": "前言的稿件，如 前言.md，排在目录之前",
        "rights": "版权说明，如 版权所有",
        "cip": "图书在版编目（CIP）数据，照核发的原样；几行就写在三个双引号之间",
        "colophon": "版记里要说的话，如编书的经过",
        "book": "书有哪些部分：去掉行首的 #，要就写 true，不要就写 false；不写的由样式决定",
        "cover": "封面，作第一页",
        "half_title": "扉页，只有书名",
        "title_page": "书名页",
        "contents": "目录",
        "book.colophon": "书末版记",
        "masthead": "报头，报纸样式用它代替书名页",
        "copyright": "版权页，只填真实的；kind 写 isbn（公开出版）或 internal（内部资料），留空就没有版权页；字数、开本不填时由程序算出",
        "kind": "isbn 或 internal",
        "editor": "责任编辑",
        "proofreader": "责任校对",
        "designer": "装帧设计",
        "address": "出版者或编印单位的地址",
        "distributor": "发行",
        "printer": "印刷单位",
        "trim": "开本，如 880 mm × 1230 mm　1/32；不填印成品尺寸",
        "sheets": "印张",
        "words": "字数，如 150千字；不填按版面算：每行字数 × 每面行数 × 面数",
        "edition": "版次，如 2026年11月第1版",
        "printing": "印次；内部资料填印刷日期",
        "copies": "印数",
        "price": "定价",
        "permit": "内部资料的准印证号",
        "readers": "内部资料的发送对象",
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
        "foreword": "a text that stands before the contents, such as foreword.md",
        "rights": "the copyright statement",
        "cip": "CIP data as they were issued; several lines stand between three quotation marks",
        "colophon": "what the colophon is to say",
        "book": "which parts the book has: take the # away and write true or false; the style decides the others",
        "cover": "as the first page",
        "half_title": "",
        "title_page": "",
        "contents": "",
        "book.colophon": "",
        "masthead": "of the newspaper style, instead of a title page",
        "copyright": "the copyright page, true facts only; kind is isbn or internal, empty = no such page; words and trim are computed",
        "kind": "isbn or internal",
        "editor": "responsible editor",
        "proofreader": "",
        "designer": "",
        "address": "the publisher's",
        "distributor": "",
        "printer": "",
        "trim": "sheet and fold; empty = the size of the page",
        "sheets": "printed sheets",
        "words": "empty = characters a line × lines a page × pages",
        "edition": "",
        "printing": "its number and date",
        "copies": "",
        "price": "",
        "permit": "the permit's number, for internal material",
        "readers": "whom internal material goes to",
        "parts": "the parts and their articles in order; an article in no part goes into a last part",
    },
}


def draft_collection(document: Document, language: str) -> str:
    """The text of a collection.toml for this document, with comments in zh or en."""
    comments = _COMMENTS[language]
    tables = (*_book(comments), *_copyright(document.meta, comments), *_parts(document, comments))
    return "\n".join([f"# {comments['head']}", "", *_values(document.meta, comments), *tables, ""])


def _values(meta: Meta, comments: _Comments) -> Iterator[str]:
    known = {"title": meta.title, "subtitle": meta.subtitle, "compiler": meta.compiler, "publisher": meta.publisher, "date": meta.date}
    legal = {"isbn": meta.isbn, "cip": meta.cip, "rights": meta.rights}
    for key, value in {**known, **legal, "language": meta.language, "style": "book", "labels": "", "foreword": "", "colophon": ""}.items():
        yield _line(key, _quoted(value), comments[key])


def _book(comments: _Comments) -> Iterator[str]:
    """The parts of the book as the style has them, for an editor to change."""
    yield from ["", f"[book]  # {comments['book']}"]
    for known in fields(BookParts):
        comment = comments.get(f"book.{known.name}", comments.get(known.name, ""))
        yield "# " + _line(known.name, str(known.default).lower(), comment)


def _copyright(meta: Meta, comments: _Comments) -> Iterator[str]:
    yield from ["", f"[copyright]  # {comments['copyright']}", _line("kind", _quoted(meta.imprint), comments["kind"])]
    for known in fields(Copyright):
        if known.name != "kind":
            yield _line(known.name, _quoted(getattr(meta, known.name)), comments[known.name])


def _line(key: str, value: str, comment: str) -> str:
    return f"{key} = {value}  # {comment}" if comment else f"{key} = {value}"


def _parts(document: Document, comments: _Comments) -> Iterator[str]:
    yield from ["", f"# {comments['parts']}"]
    for part in document.parts:
        yield from ["", "[[parts]]", f"name = {_quoted(part.name)}", "articles = ["]
        yield from (f"    {_quoted(title_text(article.title))}," for article in part.articles)
        yield "]"


def _quoted(words: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
