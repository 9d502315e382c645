"""How well written words are understood, measured on labelled comments; nothing here is used to understand them."""
