"""Forms of other tools, read and written: one module a format, all with the same outcome (`core`)."""
