"""Citing: what a page, a file or a footnote says of a thing so that its address still opens in ten years."""
