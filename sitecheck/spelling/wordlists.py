"""Small lists of words that are kinds of their own when it comes to spelling."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_GLUE = _words("""
    about after all also and are between but can each every for from had has have into its not one only other our over
    some such than that the their then there these they this to very was we were when where which while who will with
    would you your
""")
LAST_GLUE = FIRST_GLUE | _words("as at be been by in is it of on or so")
"""Words that stand next to all others: what is merged is most often one of these with a neighbour. Many a word ends in
`-ing` or starts with `in-`, so of the shortest words few are believed in at the start."""

COMPOUNDS = _words("aware based dependent driven guided induced oriented related specific")
"""words that a hyphen ties to the one before"""

PREFIXES = tuple(
    _words("""
    anti auto bi bio co counter cross cyber de dis down electro extra fore geo hetero homo hyper immuno infra inter
    intra iso macro mega meta micro mid mini mis mono multi nano neuro non omni out over para photo poly post pre proto
    pseudo psycho quasi radio re retro semi socio sub super tele thermo trans tri ultra un under uni up video
""")
)
SUFFIXES = tuple(
    _words("""
    able ability ness less like wise ship ly ing ization ized izing izable ism ome omic omics set sets space
""")
)
"""What makes new words of known ones every day: `unbatched`, `hoverable`."""

METHOD_ENDS = tuple(_words("net nets gan gans bert nerf former formers"))
"""how methods of machine learning are called after what they are made of"""

CALENDAR = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december spring summer autumn fall winter
""")

LATIN = _words("""
    lorem ipsum dolor amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore aliqua enim minim
    veniam quis nostrud ullamco laboris nisi aliquip commodo consequat duis aute irure nulla pariatur vestibulum eget
    nunc mauris vitae donec faucibus pellentesque tincidunt viverra vulputate risus lacus ultrices posuere cum sociis
    natoque penatibus magnis dis parturient montes nascetur ridiculus mus maecenas diam varius aenean lacinia bibendum
    habitant morbi tristique senectus netus malesuada fames turpis egestas proin fusce euismod blandit fringilla
    imperdiet sapien tellus deserunt laborum cillum fugiat occaecat cupidatat proident
""")
"""the Latin of placeholder text"""

NOUNS = _words("""
    advices aircrafts criterias datas equipments hardwares homeworks informations knowledges middlewares phenomenas
    researches softwares
""")
"""what the rule `uncountable-noun` tells of, and why"""
