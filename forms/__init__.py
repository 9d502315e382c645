"""What is asked: instruments, question types and the forms made from them. No web, no database, no clock."""
