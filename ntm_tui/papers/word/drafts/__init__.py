"""The templates that come with the program, drawn when they are asked for."""
