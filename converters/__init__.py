"""刊刻 (kanke): messy Chinese column and interview texts in, printed books and e-books out.

    bytes -reader-> Manuscript -recovery-> Document -layout-> Page -writer-> bytes

Each stage is a function from one type to the next; `converters/README.md` walks through them.
"""

__version__ = "0.1.0"
