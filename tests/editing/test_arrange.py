"""An editor lists parts and articles; the book has them, in that order, and nothing falls out."""

from converters.collection import ArticlePlan, Collection, PartPlan, Picture, parse_collection
from converters.diagnostics import Sink
from converters.document import Article, Column, Document, Figure, Meta, Paragraph, Part, Text, title_lines, title_text
from converters.editing.arrange import arrange, each, only
from converters.editing.draft import draft_collection
from tests.conftest import expect


def article(title: str, column: str = "", words: str = "正文。") -> Article:
    return Article((Text(title),), (Paragraph((Text(words),)),), column=Column(column) if column else None)


def document(*parts: Part) -> Document:
    return Document(Meta(), parts)


def shape(made: Document) -> list[tuple[str, list[str]]]:
    return [(part.name, [title_text(one.title) for one in part.articles]) for part in made.parts]


def test_articles_follow_the_plan_and_the_rest_goes_last_with_a_notice(sink: Sink) -> None:
    source = document(Part("", (article("乙文 下"), article("甲文 上"), article("没人要的"))))
    plan = Collection(title="集", parts=(PartPlan("一辑", ("甲文上",)), PartPlan("二辑", ("乙文 下",))))
    made = arrange([source], plan, "附编", sink)
    assert shape(made) == [("一辑", ["甲文 上"]), ("二辑", ["乙文 下"]), ("附编", ["没人要的"])]
    expect(sink, "article-in-no-part")


def test_a_last_part_that_the_plan_names_takes_the_rest(sink: Sink) -> None:
    source = document(Part("", (article("甲"), article("乙"))))
    made = arrange([source], Collection(parts=(PartPlan("附编", ("乙",)),)), "附编", sink)
    assert shape(made) == [("附编", ["乙", "甲"])]
    expect(sink, "article-in-no-part")


def test_a_listed_title_that_no_source_holds_is_named_with_the_nearest_one(sink: Sink) -> None:
    source = document(Part("", (article("快就是大局 干就是担当"),)))
    arrange([source], Collection(parts=(PartPlan("辑", ("快就是大局 千就是担当",)),)), "附编", sink)
    missing = next(found for found in sink if found.code == "listed-article-not-found")
    assert dict(missing.values)["near"] == "快就是大局 干就是担当"
    expect(sink, "listed-article-not-found", "article-in-no-part")


def test_without_a_plan_columns_are_the_parts_and_meet_across_files(sink: Sink) -> None:
    one = document(Part("作风", (article("甲", "作风"),)), Part("", (article("乙"),)))
    two = document(Part("作风", (article("丙", "作风"),)))
    assert shape(arrange([one, two], Collection(), "附编", sink)) == [("作风", ["甲", "丙"]), ("附编", ["乙"])]


def test_texts_without_columns_make_one_part_without_a_name(sink: Sink) -> None:
    made = arrange([document(Part("", (article("甲"),))), document(Part("", (article("乙"),)))], Collection(), "附编", sink)
    assert shape(made) == [("", ["甲", "乙"])]


def test_a_picture_stands_after_the_paragraph_that_holds_the_words(sink: Sink) -> None:
    source = document(Part("", (article("甲", words="工作人员入户走访。"),)))
    made = arrange([source], Collection(pictures=(Picture("a.png", "甲", "图题", "某摄", after="入户走访"),)), "附编", sink)
    paragraph, figure = next(made.articles).blocks
    assert figure == Figure("a.png", "图题", (Text("图题"),), (Text("某摄"),))
    assert isinstance(paragraph, Paragraph)


def test_a_picture_whose_place_is_not_found_goes_to_the_end_and_says_so(sink: Sink) -> None:
    made = arrange([document(Part("", (article("甲"),)))], Collection(pictures=(Picture("a.png", "甲", after="没有的话"),)), "附编", sink)
    assert isinstance(next(made.articles).blocks[-1], Figure)
    expect(sink, "picture-place-not-found")


def test_an_editor_divides_a_title_and_shortens_its_running_head(sink: Sink) -> None:
    plan = ArticlePlan("甲乙丙丁", title_lines=("甲乙", "丙丁"), short_title="甲丁")
    made = next(arrange([document(Part("", (article("甲乙丙丁"),)))], Collection(articles=(plan,)), "附编", sink).articles)
    assert (title_lines(made.title), made.short_title) == (("甲乙", "丙丁"), "甲丁")


def test_only_takes_a_whole_part_or_the_articles_whose_titles_hold_the_words() -> None:
    book = document(Part("甲辑", (article("春"), article("夏"))), Part("乙辑", (article("春秋"),)))
    assert shape(only(book, "甲 辑") or book) == [("甲辑", ["春", "夏"])]
    assert shape(only(book, "春") or book) == [("甲辑", ["春"]), ("乙辑", ["春秋"])]
    assert only(book, "冬") is None


def test_each_article_becomes_a_book_of_its_own_title() -> None:
    assert [made.meta.title for made in each(document(Part("辑", (article("春"), article("夏")))))] == ["春", "夏"]


def test_a_drafted_collection_reads_back_as_what_was_found() -> None:
    import tomllib

    book = Document(Meta(title="书“名”\\"), (Part("甲辑", (article("春 天"),)), Part("附编", (article("夏"),))))
    for language in ("zh", "en"):
        drafted = parse_collection(tomllib.loads(draft_collection(book, language)))
        assert drafted.title == book.meta.title
        assert [(part.name, part.articles) for part in drafted.parts] == [("甲辑", ("春 天",)), ("附编", ("夏",))]
