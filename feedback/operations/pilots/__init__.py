"""What a school tries: its plan, its life from draft to put away, and the book that staff keep of it."""
