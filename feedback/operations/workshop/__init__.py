"""Making a form: drafts, checks, versions, languages, recordings, pictures, files from elsewhere."""
