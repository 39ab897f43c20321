"""What a word of a reference may stand for by itself: a number, a name's initial, "eds.", a month, a city.

The lists are written by hand, from what references of many fields have in common.
"""

from __future__ import annotations

import re

from sitecheck.citations.venue_table import table

LISTED = """
    in: in dans dins nel im
    editor: eds ed editor editors edited hrsg hg dir coord éd éds
    translator: trans translated translator translators trad traduit übers tr
    pages: pp p pages page s seiten f ff pg
    volume: vol volume vols volumes no nr number issue bd band heft tome núm num fasc suppl supplement jg nos t
    series: series serie reihe collection coll ser
    edition: edn edition rev revised reprint reprinted repr aufl auflage 1st 2nd 3rd 4th expanded
    publisher: press publisher verlag springer elsevier wiley publishers publishing books inc ltd co éditions editions
    publisher: edizioni presses editorial routledge sage blackwell palgrave macmillan penguin mcgraw-hill addison-wesley
    publisher: prentice hall kluwer academic sons gallimard suhrkamp harper mit birkhäuser gruyter brill continuum verso
    publisher: norton ashgate peeters seuil puf minuit flammarion l'harmattan oup cup crc laterza fischer mohr rowohlt
    publisher: ieee acm aaai usenix siam company associates institute publications
    body: university université universität universidad universidade università department dept laboratory lab institut
    body: college school center centre ministry foundation association society commission bank committee council
    body: organization office national bureau agency
    booktitle: proc proceedings conference conf symposium workshop advances congress colloquium meeting handbook
    booktitle: encyclopedia companion readings lecture notes abstracts tagung international
    journal: journal j transactions review letters annals magazine bulletin quarterly lett ann bull arch archives
    journal: revue zeitschrift acta cahiers rivista times newspaper news today gazette post tribune newsweek herald
    journal: notices communications annales revista archiv mag sci res med psychol phys chem biol math am clin nature
    journal: science lancet
    abbreviation: acad acoust adm adolesc adv afr agric algebr algorithmica anal anat anesth anim annu anthropol appl
    abbreviation: aquat archaeol areas artif assess assoc astrophys atmos aust autom behav biochem bioeng biomater
    abbreviation: biomed biosci biotechnol bot br cardiol cardiovasc catal cent ceram chin chir chromatogr cogn comb
    abbreviation: commun comp compos comput conserv constr contemp cryst crystallogr curr cytol dent dermatol dev diagn
    abbreviation: dis discuss disord dist dyn ecol econ educ electr electrochem electron endocr endocrinol eng entomol
    abbreviation: environ epidemiol eur evol exp fam fertil funct gastroenterol gen genet geochem geogr geol geom
    abbreviation: geophys geosci ger geriatr gerontol gynaecol gynecol haematol hematol hist histochem hosp hum hydrol
    abbreviation: hyg hypertens immunol inf infect inst instrum integr intell invest ital lang libr linguist macromol
    abbreviation: magn manage manuf mater mech metab metall meteorol microb microbiol microsc mol monit monogr morphol
    abbreviation: mutat nanotechnol nat natl nephrol neth netw neurobiol neurol neurophysiol neurosci neurosurg nucl
    abbreviation: numer nurs nutr obstet occup oceanogr odontol oncol ophthalmol opin opt otolaryngol paediatr parasitol
    abbreviation: pathol pediatr perspect pharm pharmacol philos photon physiol plann plast polit pollut polym pract
    abbreviation: prax prev probl prog prot psychiatr psychopharmacol publ qual radiat radiol regul rehabil relat rep
    abbreviation: reprod reson resour respir rheumatol rob russ scand sect sel sem semin serv simul soc sociol softw
    abbreviation: spec spectrom spectrosc stat stomatol struct surf surg surv symp synth syst technol telecommun theol
    abbreviation: theor ther thermochim thorac topol toxicol transl transp trop urol vasc vet virol zool
    genre: thesis dissertation diss ph.d phd master master's report working paper papers manuscript tech technical
    genre: unpublished preprint appear submitted forthcoming thèse mémoire msc arxiv memo dvd film presented
    and: and & und et y e
    others: al others
    access: accessed retrieved available http https doi url consulted online zugriff visited
    place: london york cambridge oxford paris berlin chicago boston amsterdam princeton washington dc philadelphia
    place: toronto leipzig münchen munich frankfurt stuttgart hamburg göttingen tübingen wien vienna zürich zurich basel
    place: roma rome milano milan torino firenze madrid barcelona lisboa bruxelles brussels leuven leiden dordrecht
    place: hague stockholm copenhagen oslo helsinki moscow tokyo beijing delhi sydney melbourne canberra montreal
    place: vancouver ottawa dublin edinburgh glasgow manchester baltimore bloomington berkeley stanford hoboken thousand
    place: oaks hillsdale mahwah englewood reading haven ithaca durham minneapolis austin houston dallas seattle denver
    place: atlanta pittsburgh cleveland detroit milwaukee angeles francisco diego ca ma ny nj pa uk usa md il mass conn
    place: calif france germany italy spain canada australia japan china netherlands austria switzerland
    place: england scotland
    place: ireland israel india brazil mexico sweden denmark norway belgium portugal greece poland hungary budapest
    place: prague praha warsaw warszawa kraków bonn köln cologne heidelberg freiburg dresden mainz darmstadt wiesbaden
    place: opladen weinheim lyon grenoble toulouse marseille rennes nantes strasbourg genève geneva
    place: lausanne bern bologna
    place: napoli venezia padova aires santiago bogotá lima jerusalem cairo istanbul athens singapore hong kong seoul
    place: taipei oakland lincoln nashville louis orleans miami orlando santa monica san jose barbara
    month: jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september
    month: october november december
"""
KINDS = {
    word: kind.strip()
    for kind, _, words in (line.partition(": ") for line in LISTED.split("\n"))
    for word in words.split()
}
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
RANGE = re.compile(r"\w{0,3}\d+[-–—]{1,2}\w{0,3}\d+")
OTHER = "-"
NUMBERS = ("number1", "number2", "number3", "number4", "number5", "range", "mixed")
BITS = {kind: 1 << k for k, kind in enumerate(dict.fromkeys((*KINDS.values(), *NUMBERS, "year", "acronym", OTHER)))}
"""For sets of kinds, which are sums of these."""


def bits(*kinds: str) -> int:
    return sum(BITS[kind] for kind in kinds)


AMBIGUOUS = frozenset(("journal", "booktitle", "publisher", "body", "genre", "place", OTHER))
"""Kinds of words that are words of titles and names as well."""


def kind_of(word: str) -> str:
    """The kind of a word without the signs around it: one of `KINDS`, of a number, `acronym` of a venue, or other."""
    low = word.casefold()
    if low in KINDS:
        return KINDS[low]
    if low.isdigit():
        year = len(low) == 4 and low[:2] in ("16", "17", "18", "19", "20")
        return "year" if year else f"number{min(len(low), 5)}"
    if any(map(str.isdigit, low)):
        if len(low) < 7 and YEAR.search(low):
            return "year"
        return "range" if RANGE.fullmatch(low) else "mixed"
    return "acronym" if word.isupper() and low in table().acronyms else OTHER
