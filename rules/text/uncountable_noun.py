from __future__ import annotations

from sitecheck import Example, PatternRule, Severity


class UncountableNoun(PatternRule):
    """A noun that has no plural has one, or a plural is taken for a singular.

    "Hardwares" and "a criteria" are among the first things that a native reader notices. The phrases are a file,
    `rules/data/uncountable-noun.toml`; a file of your own, named by `patterns` in the configuration, can add to it.

    Silent among words of another language, and for plurals that some field uses: `radiative feedbacks`. Wrong where
    such a word is part of a name.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > on diverse hardwares and open softwares
                         ^^^^^^^^^ 'hardwares': hardware has no plural
                                            ^^^^^^^^^ 'softwares': software has no plural
            """,
            fixed="""
            > on diverse hardware and open software
            """,
        ),
        Example(
            """
            > as a criteria for moving
                 ^^^^^^^^^^ 'a criteria': criteria is the plural of criterion
            """,
            fixed="""
            > as a criterion for moving
            """,
        ),
        Example("These criteria are met by the hardware and by `softwares`."),
    )
