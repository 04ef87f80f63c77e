"""Draw texts and documents under the advice of a column."""

from __future__ import annotations

import json
from random import Random

from harness.samples import pattern
from harness.samples.advice import Advice
from harness.samples.hints import About
from harness.samples.scalars import Draw, pick, word


def text_maker(advice: Advice, most: int) -> Draw:
    """Say how to draw a text of at most so many characters."""
    least, most = advice.sizes(About.LENGTH, *advice.sizes(About.OCTETS, 1, most))
    patterns = _patterns(advice)
    likes = [hint.values[0] for hint in advice.of(About.LIKE)]
    named = [text for hint in advice.of(About.CONTAINS) for text in hint.values]
    upper = bool(advice.of(About.UPPER))

    def draw(random: Random) -> str:
        if patterns:
            text = _fitting(patterns, random, least, most)
        elif likes:
            text = pick(random, likes).replace("%", word(random, 1, 8)).replace("_", "a")
        elif named and random.random() < 0.6:
            text = f"{word(random, 1, 8)}{pick(random, named)}{word(random, 1, 8)}"
        else:
            text = word(random, least, most)
        return text.upper() if upper else text

    return draw


def _patterns(advice: Advice) -> list[pattern.Pattern]:
    hints = advice.of(About.PATTERN, strict=True) or advice.of(About.PATTERN)
    found = []
    for hint in hints[:1] if hints and hints[0].strict else hints:
        try:
            found.append(pattern.read_pattern(hint.values[0]))
        except pattern.UnknownPatternError:
            continue
    return found


def _fitting(patterns: list[pattern.Pattern], random: Random, least: int, most: int) -> str:
    """Draw from a pattern until the length fits too; the server has the last word."""
    text = ""
    for _ in range(12):
        text = pattern.draw(pick(random, patterns), random, min(most, max(least, 10)))
        if least <= len(text) <= most:
            break
    return text


def document_maker(advice: Advice) -> Draw:
    """Say how to draw JSON."""
    keys = [value for hint in advice.of(About.VALUE, "?", "?&", "?|") for value in hint.values]
    contained = [value for hint in advice.of(About.MEMBERS, "@>") for value in hint.values]
    sizes = advice.of(About.SIZE)
    least, most = advice.sizes(About.SIZE, 1, 3)

    def draw(random: Random) -> str:
        if contained:
            return pick(random, contained)
        listed = [{"amostra": random.randrange(10**6)} for _ in range(random.randint(least, most))]
        if sizes:
            return json.dumps(listed)
        named = {"amostra": random.randrange(10**6)} | {key: word(random, 1, 9) for key in keys}
        chance = random.random()
        if chance < 0.75 or keys:
            return json.dumps(named)
        if chance < 0.9:
            return json.dumps(listed)
        return json.dumps(pick(random, ("amostra", 1, True)))

    return draw
