"""A library that may crash or keep what it is told works aside: in a child process that answers questions one at a time.

The child (`ui.aside.child`) writes no file, leaves no memory image and ends with its parent. Questions and answers are lines of JSON.
"""
