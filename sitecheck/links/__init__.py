"""From addresses on the web to verdicts. Knows no page of the site and no finding.

Nothing of it is imported unless links are to be asked for.
"""
