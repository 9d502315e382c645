"""An operator's own sentence encoder, from a folder: its files, its pieces, its rows, and what is learned on them."""
