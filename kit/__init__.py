"""The folder that carries the program to laptops without internet: made here, installed there."""
