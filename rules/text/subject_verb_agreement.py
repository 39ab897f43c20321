from __future__ import annotations

from sitecheck import Example, PatternRule, Severity


class SubjectVerbAgreement(PatternRule):
    """A verb's form does not fit its subject, or the verb before it.

    The phrases are a file, `rules/data/subject-verb-agreement.toml`; a file of your own, named by `patterns` in the
    configuration, can add to it.

    Silent wherever more than a few neighbouring words would be needed to tell. Wrong where the words only happen to
    stand side by side: "the data we have shows".
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > We incorporates weight saliency; it can applied to images.
              ^^^^^^^^^^^^^^^ 'We incorporates': 'we' takes the plural
                                                  ^^^^^^^^^^^ 'can applied': 'be' is missing
            """
        ),
        Example(
            """
            > It can applied to images.
                 ^^^^^^^^^^^ 'can applied': 'be' is missing
            """,
            fixed="""
            > It can be applied to images.
            """,
        ),
        Example("We incorporate it, they are ready, and it can be applied."),
    )
