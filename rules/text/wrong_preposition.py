from __future__ import annotations

from sitecheck import Example, PatternRule, Severity


class WrongPreposition(PatternRule):
    """A word is followed by a preposition that it does not go with.

    The phrases are a file, `rules/data/wrong-preposition.toml`; a file of your own, named by `patterns` in the
    configuration, can add to it.

    Silent where usage is divided ("different than", "comprised of") and among words of another language. Wrong in a
    quotation of somebody who writes so.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > He is interested into accelerating models.
                    ^^^^^^^^^^^^^^^ 'interested into': one is interested in something
            """,
            fixed="""
            > He is interested in accelerating models.
            """,
        ),
        Example(
            """
            > In the other hand, this depends of the data.
              ^^^^^^^^^^^^^^^^^ 'In the other hand': it is 'on the other hand'
                                      ^^^^^^^^^^ 'depends of': one depends on something
            """,
            fixed="""
            > On the other hand, this depends on the data.
            """,
        ),
        Example("She is interested in speech, and was invited to participate to help."),
    )
