"""Pages judged by the places of their glyphs on a held-out corpus: invented interviews, made anew for every run."""
