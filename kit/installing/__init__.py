"""What runs on the laptop, from the kit or from the installed folder: Python's own library only.

The embeddable Python has no pip, and a laptop's own Python may have an old one; a wheel is a zip
that needs no more than unpacking. So one way serves both, and no program file is made on the laptop
that an antivirus has not seen elsewhere.
"""
