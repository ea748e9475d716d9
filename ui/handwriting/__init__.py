"""Characters written with a finger: an extra that is offered where its Debian packages are installed.

Ten characters to pick from, which in nine cases of ten hold the right one; strokes must come in their usual order. The recogniser
runs aside (`__main__.py`), like the engine for pinyin, and nothing written is kept.
"""
