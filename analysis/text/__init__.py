"""What people wrote: language, redaction, themes, mood. Heavy libraries live here, so only workers import it."""
