"""Works to write down, made up here."""

from archive.cite.creators import body
from archive.cite.work import Work

ADDRESS = "https://memory.example/r/76mj3zr5q7/"


def a_work(title: str = "Say who decides.", **facts: object) -> Work:
    defaults = {
        "kind": "note",
        "identifier": "76mj3zr5q7",
        "url": ADDRESS,
        "genre": "sticky note, from paper",
        "creators": (body("Bread and Roses, Leeds"),),
        "issued": "2019-03-06",
        "location": "Wall day, The wall, POW-15",
        "version": 2,
        "version_url": f"{ADDRESS}v/2/",
        "abstract": "Challenge. Left under “Power”.",
        "keywords": ("Challenge", "Power"),
    }
    return Work(title=title, **defaults | facts)
