"""What is printed or opened elsewhere."""
