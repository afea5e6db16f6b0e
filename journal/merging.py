"""Putting together what two people made of one text, where they changed different blocks."""

from collections.abc import Sequence

from journal.blocks import Block

type Order = list[str]  # ids of blocks


def merged(base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]) -> list[Block] | None:
    """What both made of `base`; None where they changed the same block, or the order in two ways."""
    before, ours, others = ({block["id"]: block for block in blocks} for blocks in (base, mine, theirs))
    kept: dict[str, Block] = {}
    for name in {**before, **ours, **others}:
        options = [blocks.get(name) for blocks in (before, ours, others)]
        if not _agrees(*options):
            return None
        if chosen := _chosen(*options):
            kept[name] = chosen
    order = _order(list(before), list(ours), list(others), set(kept))
    return [kept[name] for name in order] if order is not None else None


def _agrees(before: Block | None, mine: Block | None, theirs: Block | None) -> bool:
    return mine == theirs or before in (mine, theirs)


def _chosen(before: Block | None, mine: Block | None, theirs: Block | None) -> Block | None:
    return theirs if mine == before else mine


def _order(before: Order, mine: Order, theirs: Order, kept: set[str]) -> Order | None:
    """The order of whoever changed it, with what the other added after what it stands after there."""
    moved = [_moved(before, order, kept) for order in (mine, theirs)]
    if all(moved) and _common(mine, theirs) != _common(theirs, mine):
        return None
    first, second = (mine, theirs) if moved[0] else (theirs, mine)
    order = [name for name in first if name in kept]
    for at, name in enumerate(second):
        if name in kept and name not in order:
            earlier = [other for other in second[:at] if other in order]
            order.insert(order.index(earlier[-1]) + 1 if earlier else 0, name)
    return order


def _moved(before: Order, after: Order, kept: set[str]) -> bool:
    both = kept.intersection(before, after)
    return [name for name in before if name in both] != [name for name in after if name in both]


def _common(order: Order, other: Order) -> Order:
    return [name for name in order if name in other]
