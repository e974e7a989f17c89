"""Builds words/everyday.txt: names of the gazetteer that are everyday words of some language.

    build_words.py NAMES FOLDER

NAMES is what `cargo run -p wirewatch-recognition --example gazetteer_names` prints; FOLDER holds the unpacked PyPI packages
`wordfreq` and `simplemma` (README.md says which). A name is an everyday word where the language uses it more often than
newspapers would use the place alone, and its dictionary has it in small letters. Places of more than a hundred thousand
people, divisions and countries count only where PICKED names them: those were looked at one by one.
"""

import gzip
import math
import pathlib
import sys

import msgpack

from build_gazetteer import key

# Words per thousand million, as a power of ten: rarer ones hardly ever begin a headline.
LEAST = 3.0
# A town of a million is expected so often in the newspapers of other countries, and so much more in its own.
MILLION, AT_HOME = 3.2, 0.8
# What a word must have above that; a town of its own language needs more, since dictionaries list some of those too.
ABOVE, ABOVE_AT_HOME = 0.4, 1.0
# Places of this weight (a power of ten of inhabitants) and more are picked by hand.
LARGE = 5.0

# Language (ISO 639-1): its own countries, and its large places or countries that are everyday words too.
PICKED = {
    "fr": ("FR BE CH LU SN ML BF NE CI TG BJ GN TD CM GA CG CD CF MG DJ KM BI RW HT", """
        mon tete vas principe surprise lac bar sale mobile orange tours metro fier sucre assis baise carrefour male golfe
        free nan saga pare oral chu puni gardez delta natal cascade ruse sal bride brusque colon serra mage forest breves
        brousse samba split hub enterprise seul reunion servie gerees soul tigre grenade"""),
    "es": ("ES MX GT HN SV NI CR PA CU DO PR CO VE EC PE BO CL AR UY PY GQ", """
        para cuando nada nacional pueblo van vas tema poblacion manos libertad vista oro sale habra banda mesa independencia
        chico tanta flores anda playa resistencia latina metro valle gracia principe coronel sal plano bar oriental meta paro
        colonia corona retiro americana concepcion salto cerro bello guarda palma milagro caen capas coro morena oral rincon
        pelotas mito free gama mono dorado arroyo taza mascara marino rota ho pare escondido cordillera delta mango breves
        codo uva canton moro brava modesto colina bono ascension lira pool victoria montana tigre gana gane alemana cada
        reunion mosca suda franca polen"""),
    "pt": ("PT BR AO MZ CV GW ST TL", """
        para nada nacional volta perto maio porto vista plano luta vitoria praia tema natal banda portuguesa americana guarda
        saida loja mesa serra mestre tanta principe madeira resistencia flores mau anda bar latina coronel passos virar meta
        samba beira rocha anjo sorriso rota sal metro gama pare salto prato moca moro bunda hino mito mascara gera oral
        oriental litoral colonia escondido duma brava retiro coro lida delta baia uva capas reus mansa manta contagem tubarao
        atlantico caldas lira oro colina cada reuniao mosca viro siri tigre servia polen"""),
    "it": ("IT SM CH", """
        ho volta male siano vista parla bello pare guarda mie meta oro tema pari porto sale bar tanta beni principe regina
        americana mobile naso banda brava provo metro salto free corona alba mito coro fontana arabi pasto salta palma serra
        moro basti rosario baia delta uva lira modesto ordino puri sodo dosso nada rota usera minato colon amano bimbo derby
        bene liberi romani riunione lati malata cada cadi morisse risi suda tigre chili"""),
    "de": ("DE AT CH LI LU", """
        zug man dabei essen mitte grad leiden trat bar free mobile siegen hang pool favoriten male berat hub bade metro klang
        kanton lander landen oral halle delta ungern bene arminia dominik chili malte soul"""),
    "nl": ("NL BE SR", """
        van zou man landen welkom kent dorp engels bar free bergen tak bo maan metro hang pool split reus planken sale meta
        delta brits jos mus sari surprise boe mango mobile sal tours benen bruine"""),
    "pl": ("PL", """
        tak bo moga male pare bolu para sila boku chin kara marka dali man wola kota mila mon pali bar metro duma banda lekki
        mobile sumy imo moca bole sale kochani delta torba owo nada naga komenda lampa grad mango mati tama banan mus baran
        gama nowe samo sile rusi spania soul"""),
    "tr": ("TR CY", """
        ise beni sana kisi kabul para anda sabah varsa tane yap kara baris yola deli sari dili kent kati aman bay tema marka
        metro gonder tahta kani masaya bunda buda kira oran coban limon ordu bari yanan ucar arar girin asir yala oral gucun
        alo burs delta kure sanma safi gulu sinin kayin arta heves soka ede duyun kapar bole ilinden asan edene rota mali
        benim zamani suda cadi indi inde yaman alanda gana toki maili binin bene"""),
    "ru": ("RU BY KZ KG UA UZ TJ", "верныи уху орел того сад ок чин соул"),
    "uk": ("UA", "суми усі боку багата мале вірнии сири того цар чин сад мали малі"),
    "ar": ("EG SD SA YE SY IQ JO LB PS LY TN DZ MA MR OM AE QA BH KW TD DJ SO",
           """
        ميدان مشهد تاني كيف وين خفي مدان ديلي كان صور نووي ميسر يومان سيول المشرق اب ابا ابينا الابيض الام الباب البسيط البني البو
        الجديد الجديده الجميل الجين الخبر الخمس الصور القصور المدينه الوادي ام امل انتبه بركه بشار بن بندر بو تاريخا تور جنت جينا
        حصار خبر خنت داخله دراج دو دوله رن روان ساره ساري سالم سده سعيده سكر سلاله سلطات سمي سن سنه سوري عاليه عشاق قصور قوم كاري
        كندي كنز ليل ماري مان ماو مدينه معسكر منا ميل مينا نارا هزه هويه وادي يوميا"""),
    "fa": ("IR AF TJ", """
        ميدان برن پرت امان نوك كيف دلي مالي شام نيو لاس ميسر بينن اب ابا الوار انديشه امل اردو ارا باري بالاي بخاري بركه بريده بشار
        بن بندر بو تازه تور جنت حصار خبر دو رشيد رن روان سار ساره سالم سده سمي سن سنجه سوري صور طراز عشاق قوم كاري كلاغ كندو كندي
        مان مردان مينا ميل ميو نوايي هاله وادي واري واو پيچ چمن گاو گرا گراز پرديس"""),
    "id": ("ID", """
        itu kita anda tak bukan mau kali para kota aman mati surat lima batu sana berat gaya kira kaya lahan guna saham tema
        batang uji bunda free kotor natal nada naga serang perak sari metro singa mie warisan kasur wasit tempe nyeri lini
        tahta noda nyala silang daur mono dadu dagu meta malang kena bulunya krim"""),
    "ro": ("RO MD", """
        pare jos vine pune abia uri masina mie maine puna baia grad tema mobile bar vas frunze lac mila banda gama castel
        delta lampa oral mutare litoral colonia sari suita moga mono mansa nada mainile daca uman cada duminica liberi elitele
        grenada"""),
    "hi": ("IN", """
        काली गाना आनंद कील कैंडी गांजा गुणा चमन चीता तुला दुर्ग पेच बारी बाल्टी बुआ भावना मरी मान मोबाइल लील सागर सार सारी हिन्दी
        कारा काया"""),
    "sv": ("SE FI", """
        man hela saga anda nan bade nara lara medan san van lander bo handa sana soka bar vagar minska kara grad banan mage
        tak fars tema hang lida lille marka pool manus surt ho luta baste hagen klang kapar mus meta metro split rota mobile
        vas surprise gasa naha sina norra benen"""),
    "da": ("DK GL", """
        man tak lille bade grad bo mon bar rige viden tema sal male mobile mus hang surt bay fars lander kajen klang mage banan
        trang manus mango pool hub delta metro soul"""),
    "nb": ("NO", """
        man bade lille tak bo mon bar san handa brent hang lages mage mus trang lander surt saga marka male imo banan bann
        hagen hue enga manus"""),
    "cs": ("CZ", """
        tak ho vas male tema dilo sila dila dily narok miri van trat viden mila piti bar kosti derby deli metro patra sal
        mobile marka sale sada kure pali bay pest delta naha banda loni valka mamou gama bida tempu mati banan masina lampa
        mono rota dali libi cile sile samo risi deka barem"""),
    "hu": ("HU", """
        van bar ota kep hang deli tema ho man vas metro lampa arak loni moka duma marka tajan olt banan terni mono uri nador
        tagu resen bunda gumi orai agat tak deka"""),
}
# Names of cities that look like words, since dictionaries list them, or are rare as words: they stay names.
KEPT = {
    "de": """antwerpen armenien breslau brunn danzig florenz frankfurt galle genf genua goteborg hindenburg karlsbad klagenfurt
        konigsberg krakau ludwigshafen luttich mailand mecklenburg mekka munchen nazareth neapel neumarkt nizza nurnberg pilzen
        sotschi stettin strassburg teneriffa trient triest bozen landsberg posen lemberg thorn haag angeles vegas bronx""",
    "fr": "breme francfort dakota havre lassa armenien",
    "tr": """adem afyon aksu batum boston buhara cenevre floransa frankfurt gazze gence kerbela kerkuk lahey lozan marsilya medine
        mekke milano munih selanik suleymaniye urfa zurih maras galata severek kizil""",
    "es": "angeles belen genova ginebra navarra jerez rioja leida milano vegas",
    "pt": "angeles assuncao florenca genebra milao milano napoles ribeirao vegas",
    "it": "angeles norimberga spalato misurata augusta granata costanza",
    "nl": "antwerpen luik triest aken haag vegas",
    "pl": "gdanska lublina lwow smolenska winnica grozna",
    "ro": "nisa gand",
    "da": "cologne mekka bruges",
    "sv": "mecka havre",
    "nb": "mekka havre",
    "cs": "mekka mekke bremeno",
    "ru": """бостон владимир грозныи львов манчестер неаполь николаев ростов росток сочи сплит атланта газа марсель курган химки шахты
        артем лида рязанскии алтаиская""",
    "uk": "киівськии кропивницькии хмельницькии газа рівне",
}
# Scripts without capitals, and languages where every name of abroad is a transcription: there a town counts in full.
UNCASED = {"ar", "fa", "hi"}
# Languages without a list of frequencies: of Swahili the words of the dictionary that are no place at home, and what is
# written for this project.
OWN = {
    "sw": """
        amani mamia mali maili gavana sili kataa kitu kito walia wawa vena giza kochi mara ota eua ufa hama boma azua yao shusha saba oti
        ngozi singa dadu bima dila tema kisi banda kali tegu kati kaya hofu funza chunga duma nguru kufa bundi delta mbake lori
        zala kumi moyo kawaida bahati jinga simba""",
    "so": """
        dad waa iyo waxaa wax soo loo lagu isku dhacay qarax ciidan ciidanka dowladda madaxweyne degmo degmada magaalada wasiir
        shacab nin naag ilmo wiil gabar dhimasho dhaawac dagaal nabad roob biyo lacag maalin sanad bil maanta shalay berri
        wararka war hal laba saddex afar shan lix toban boqol kun gobol gobolka koox shir sare cusub weyn yar badan kale markii
        sidoo laakiin balse haddii inta wuxuu waxay isaga iyada lakin ugu uga ugaas mid ugub ilaa kala qof ay ah oo""",
    "ha": """
        mutane dama sun mutu kashe sojoji bindiga gwamna gwamnati shugaba shugaban kasa ruwa ambaliya hari hare kai za zai sai
        kuma amma wata wani wasu yara mata maza gari birni kauye hukuma yaki rana dare safiya yau jiya gobe mako shekara kudi
        farashi mai man wuta gobara hadari mota jirgi kwana daya biyu uku hudu biyar shida bakwai takwas tara goma dari dubu
        babban sabon kotu ta ya da ana an ina ita suka tafi tana yana""",
    "th": """
        เลย แพร่ กระบี่ คง ตาก น่าน ยัง พาน พล สนม ปราสาท สังคม สมเด็จ ชนบท ลอง สอง วัฒนา ชื่นชม มหาราช แปร เสียว มะขาม สะเดา ลี้
        สีชมพู แสวงหา ลับแล วาน ไชโย เสนา สําราญ ชาด กาลี วา งาว ฝาง เพ็ญ พนม""",
}
# As ISO 639-1 calls them, where the packages say otherwise.
CODES = {"nb": "no"}


def weight(kind, name_kind, population):
    """A place as newspapers know it: in powers of ten of inhabitants, more for countries and capitals."""
    people = math.log10(max(population, 100))
    by_kind = {"Country": 9.4, "Continent": 9.0, "Region": 8.5, "Constituent": 8.0, "Admin1": max(people, 5.0) + 0.4,
               "Admin2": people - 1.0, "Capital": people + 1.0, "City": people}[kind]
    other = name_kind == "Alternate" and kind in ("City", "Admin1", "Admin2")
    return by_kind, by_kind - 1.2 * other - (name_kind == "Former")


def read_names(path):
    """Names of one word, with the country of the largest place that bears it, and its weight: by itself, by this name."""
    names = {}
    for line in open(path, encoding="utf-8"):
        name, *senses = line.rstrip("\n").split("\t")
        if " " in name:
            continue
        read = [sense.split(" ") for sense in senses]
        weighed = [(*weight(kind, how, int(people)), country) for kind, how, country, people in read
                   if how in ("Main", "Alternate", "Former")]
        if weighed:
            _, named, country = max(weighed, key=lambda one: one[1])
            names[name] = (max(weighed)[0], named, country)
    return names


def read_frequencies(folder, language):
    """Of each word, the power of ten of how often it occurs in a thousand million words."""
    found = sorted(folder.glob(f"**/wordfreq/data/large_{language}.msgpack.gz"))
    found = found or sorted(folder.glob(f"**/wordfreq/data/small_{language}.msgpack.gz"))
    with gzip.open(found[0]) as packed:
        bins = msgpack.load(packed, raw=False)
    # The first is the head; each bin holds the words of one hundredth of a power of ten.
    return {word: 9 - at / 100 for at, words in enumerate(bins[1:]) for word in words}


def read_dictionary(folder, language):
    """Words in small letters (of German in any), or None where there is no dictionary."""
    [package] = {found.parent for found in folder.glob("**/simplemma/__init__.py")}
    sys.path.insert(0, str(package.parent))
    from simplemma.strategies.dictionaries import dictionary_factory

    if language not in dictionary_factory.SUPPORTED_LANGUAGES:
        return None
    lemmas = dictionary_factory._load_dictionary_from_disk(language)
    words = {word.decode() for pair in lemmas.items() for word in pair}
    return {word.lower() for word in words} if language == "de" else words


def everyday(names, folder, language):
    home, picked = PICKED[language][0].split(), set(PICKED[language][1].split())
    kept = set(KEPT.get(language, "").split())
    frequencies, dictionary = read_frequencies(folder, language), read_dictionary(folder, language)
    most, known = {}, set()
    for word, often in frequencies.items():
        name = key(word)
        if name in names:
            most[name] = max(often, most.get(name, 0.0))
            if dictionary is None or word in dictionary:
                known.add(name)
    words = {word for word in picked if word in names}
    for word in sorted(picked - words):
        print(f"{language}: {word} is picked, and no name", file=sys.stderr)
    for name, often in most.items():
        itself, named, country = names[name]
        large = itself if language in UNCASED else named
        at_home = country in home
        place = MILLION + 0.7 * (large - 6.0) + AT_HOME * at_home
        above = ABOVE_AT_HOME if at_home and large >= 4.0 else ABOVE
        if large < LARGE and name in known - kept and often >= max(LEAST, place + above):
            words.add(name)
    return sorted(words)


def own(names, folder, language):
    """Words of [`OWN`], and those of a dictionary without frequencies."""
    words = {word for word in OWN[language].split() if word in names}
    if language in ("so", "ha", "th"):
        return sorted(words)
    for word in read_dictionary(folder, language):
        name = key(word)
        _, large, country = names.get(name, (LARGE, LARGE, None))
        if word == word.lower() and len(name) > 2 and large < LARGE and country not in ("TZ", "KE", "UG", "CD"):
            words.add(name)
    return sorted(words)


def main():
    names, folder = read_names(sys.argv[1]), pathlib.Path(sys.argv[2])
    out = pathlib.Path(__file__).parent / "words" / "everyday.txt"
    lines = []
    for language in [*PICKED, *OWN]:
        words = (own if language in OWN else everyday)(names, folder, language)
        lines.append(f"{CODES.get(language, language)} {' '.join(words)}")
        print(f"{language}: {len(words)} words", file=sys.stderr)
    out.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
