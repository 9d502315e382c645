"""Facts of the PDFs, one kind each. They show released figures and the book, and work nothing out."""
