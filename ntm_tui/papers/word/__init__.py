"""Papers that an office opens in Word: ordinary .docx files in which the program fills fields."""
