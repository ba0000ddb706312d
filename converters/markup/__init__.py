"""Document → XHTML fragments and their style sheet: what the e-book and the web page say alike.

Invariant: a fragment is well-formed XML and valid HTML at once, and every character of the document stands in it once, in reading order
(footnotes at the end of their article). Sources: EPUB 3.3; HTML Living Standard; DPUB-ARIA 1.1.
"""
