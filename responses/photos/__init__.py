"""Photographs of walls and sheets: adding, describing, publishing, covering, and the boxes on them.

Every act takes the locks in one order: first the board, where it has to do with notes, then the
photograph. What takes a moment, such as making sizes, is work in the background (`making`).
"""
