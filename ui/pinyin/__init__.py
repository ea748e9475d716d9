"""Chinese by pinyin: what has been typed becomes characters and whole phrases.

    composer.py   what a citizen does with it: pure
    keyboard.py   the same for QML
    lookup.py     candidates for letters: phrases of the hall, the engine's, rare characters (`rare.py`)
    engine.py     libgooglepinyin; runs aside (`__main__.py`), since what people type can make it abort

Nothing typed is kept: the engine has no user dictionary, nothing is chosen in it, and its process ends with the keyboard.
"""
