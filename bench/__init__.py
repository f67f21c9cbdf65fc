"""Side-by-side figures: the same input, in one run, as ratios."""
