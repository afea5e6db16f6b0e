"""Photographs and the notes on them as IIIF has it: Presentation API 3.0 and Image API 3.0, level 0.

- `words` says what a note says as the bodies of an annotation.
- `annotations` puts notes and their other readings on the canvas of a photograph.
- `manifests` describes one photograph, or all of an event.
- `service` finds the pieces of a picture that a viewer asks for.
"""
