"""Which appointments belong to one course. Pure."""

from collections.abc import Hashable, Sequence


def courses(ids: Sequence[Sequence[Hashable]]) -> list[int | None]:
    """For each appointment's course ids, the place of the first appointment of the same course; None without a course.

    Two appointments are of one course when they share an id, or when a third one links them. An appointment alone in
    its course has no course to be shown.
    """
    parents = list(range(len(ids)))

    def root(place: int) -> int:
        while parents[place] != place:
            place = parents[place]
        return place

    first: dict[Hashable, int] = {}
    for place, each in enumerate(ids):
        for name in each:
            one, other = sorted((root(first.setdefault(name, place)), root(place)))
            parents[other] = one
    roots = [root(place) for place in range(len(ids))]
    return [found if ids[place] and roots.count(found) > 1 else None for place, found in enumerate(roots)]
