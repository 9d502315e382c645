"""Comments are read and sorted by people before anything of them is shown."""
