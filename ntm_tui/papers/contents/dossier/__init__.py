"""What the papers for recognition say."""
