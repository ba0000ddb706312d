"""A publication and what its editors say before it in, the publication with that at its head out.

Invariant: every article of a foreword is there, in a part without a name of its own, under the genre that says what it is; it ran in no
column.
"""

from collections.abc import Iterable
from dataclasses import replace

from converters.document import Article, Document, Genre, Part, Text


def with_foreword(document: Document, forewords: Iterable[Document], title: str) -> Document:
    """The forewords as the first part. title: of one that has none. Words that stand in no article are the note of their part."""
    parts = [part for foreword in forewords for part in foreword.parts]
    articles = tuple(_foreword(article, title) for part in parts for article in _articles(part))
    return replace(document, parts=(Part("", articles), *document.parts)) if articles else document


def _articles(part: Part) -> tuple[Article, ...]:
    """The articles of a part; its note, where it has one, is the first."""
    note = (Article((Text(part.name),) if part.name else (), part.note, span=part.span),) if part.note else ()
    return (*note, *part.articles)


def _foreword(article: Article, title: str) -> Article:
    return replace(article, title=article.title or (Text(title),), column=None, genre=Genre.FOREWORD)
