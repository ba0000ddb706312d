"""Lines judged by the places of their glyphs, whoever made the PDF: own corpus, probes for every mark, UAX #14, the peers."""
