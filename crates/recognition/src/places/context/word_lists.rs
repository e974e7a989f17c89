//! Words that tell a place from a word, a person or an organisation, by kind.

pub(super) const COMMON: &str = include_str!("../../../data/words/common.txt");

/// The most frequent words of English.
pub(super) const ORDINARY: &str = include_str!("../../../data/words/ordinary.txt");

pub(super) const FIRST: &str = include_str!("../../../data/words/first-names.txt");

/// First names of the Arab world, Africa, Turkey, Iran, South Asia, Russia and Latin America, in the scripts that print them.
pub(super) const GIVEN: &str = include_str!("../../../data/words/given-names.txt");

pub(super) const LAST: &str = include_str!("../../../data/words/surnames.txt");

/// Days, months and other words that English writes with a capital, and that some village bears as its name.
pub(super) const CAPITALISED: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
     september october november december christmas easter ramadan islam islamic christian christians muslim muslims \
     catholic jewish jews arab arabs god allah lord bible internet english latin european africans african asian \
     democrat democrats democratic republican republicans senate congress parliament army navy marine marines \
     apple google amazon facebook twitter microsoft olympic olympics union federal central western eastern northern \
     southern hamas taliban fatah hezbollah nato ebola covid reuters republic kingdom \
     lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre \
     octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
     diciembre lunes martes miercoles jueves viernes sabado domingo";

pub(super) const TITLES: &str = "ministra ministros senador senadora diputado coronel comandante capitan doctor professeur professor \
     mullah maulana mufti ayatollah sultan emir sheikha hajj hajji haji alhaji malam chairperson \
     г-н господин президент министр губернатор генерал полковник \
     mr mrs ms miss dr prof professor sir lord lady dame sen senator rep congressman congresswoman gov gen lt col sgt \
     capt cpl maj pvt rev pastor bishop archbishop cardinal pope imam sheikh sheik rabbi king queen prince princess \
     judge justice coach chief captain colonel general sergeant lieutenant deputy detective officer chancellor \
     sens reps gens chairman chairwoman commissioner councilman councilwoman ambassador actor actress singer spokesman spokeswoman \
     attorney director manager president premier minister governor mayor pm presidente presidenta ministro ministre \
     gouverneur gobernador uncle aunt brother sister father mother saint san santa \
     m mme mlle monsieur madame mademoiselle maitre docteur colonel commandant abbe frere pere \
     sr sra don dona senor senora herr frau";

/// Titles that other languages write in small letters: `le général Gao`, `el ministro Lima`.
pub(super) const RANKS: &str = "general generale colonel capitaine commandant lieutenant sergent adjudant caporal marechal amiral docteur \
     professeur ministre senateur depute juge procureur cheikh imam abbe coronel capitan teniente sargento ministra ministro \
     senador senadora diputado diputada juez jueza fiscal doctor doctora profesor profesora padre obispo capitao tenente \
     deputado deputada juiz juiza доктор генерал полковник майор капитан министр депутат сенатор судья";

/// Before “of” and a place these make the name of something that is elsewhere or everywhere: `Bank of Baroda`.
pub(super) const INSTITUTIONS: &str = "bank church duke duchess earl prince princess count countess order knights times voice bishop \
     archbishop banque eglise duc comte ordre banco banca iglesia duque igreja chiesa";

/// The same, in small letters too: `the treaty of Lisbon`, `accord de Paris`.
pub(super) const TREATIES: &str = "treaty treaties accord accords convention protocol traite accords protocole tratado acuerdo acuerdos \
     convenio protocolo acordo acordos trattato accordo accordi convenzione \
     savon jabon sapone syndrome sindrome jambon jamon fromage queso";

/// Seas are no countries: `Gulf of Guinea`, `golfe du Mexique`.
pub(super) const WATERS: &str =
    "gulf sea bay strait straits channel golfe mer baie detroit golfo mar bahia estrecho golf";

/// Things that are called after a place.
pub(super) const THINGS: &str = "syndrome virus fever flu soap hat hats envelope envelopes sprouts sprout terrier terriers shepherd spaniel \
     hound bulldog retriever measles tiger tigers elm pony poodle cat cats cuisine cheese salad toast fries pastry pastries \
     coffee cognac whisky whiskey vodka champagne sausage sausages sauce dressing mustard carpet carpets rug rugs porcelain \
     literature grammar alphabet cuckoo leopard hamster";

pub(super) const CURRENCIES: &str = "lira liras dollar dollars pound pounds sterling rouble roubles ruble rubles franc francs peso pesos yen \
     yuan won rupee rupees rupiah dinar dinars dirham dirhams riyal riyals rial rials rand krona krone kroner naira shilling \
     shillings cedi hryvnia zloty forint koruna leu birr kwacha ringgit baht dong taka afghani real reais liras libra libras";

/// Animals that have a name of their own in the news.
pub(super) const ANIMALS: &str = "elephant giraffe gorilla lion lioness panda hippo rhino orangutan chimpanzee penguin dolphin orca puppy \
     kitten horse mare racehorse elephante girafe gorille lionne hippopotame chimpanze elefante elefanta jirafa gorila oso osa";

/// Words after a town that make a team of it.
pub(super) const TEAMS: &str = "united fc cf sc afc rovers wanderers athletic albion hotspur rangers celtic germain bulls lakers celtics \
     warriors yankees mets sox bears packers eagles cowboys steelers giants jets dolphins patriots raiders chargers broncos \
     chiefs ravens bengals browns colts titans jaguars texans falcons panthers buccaneers cardinals rams seahawks vikings \
     blackhawks flyers penguins bruins sabres canucks oilers flames canadiens leafs ducks kraken astros dodgers padres phillies \
     braves marlins orioles brewers pirates rockies diamondbacks mariners spurs rockets mavericks grizzlies pelicans hornets \
     wizards cavaliers pistons nuggets clippers timberwolves bulldogs wildcats huskies hurricanes";

/// Words before a town that make a team of it.
pub(super) const TEAMS_BEGIN: &str = "real atletico inter ac fc as sporting borussia bayern bayer eintracht werder hertha dynamo dinamo spartak \
     lokomotiv cska olympique stade racing deportivo hapoel maccabi partizan olympiacos panathinaikos zamalek vfb vfl tsg rb";

/// After these a name is a place (`in Nice`), whatever else it may be.
pub(super) const LOCATIVES: &str = "in at near from outside inside across throughout within toward towards around";

/// The same in other languages; some of them are words of English too.
pub(super) const LOCATIVES_ELSEWHERE: &str = "a au aux en dans vers pres proche autour loin depuis chez \
     desde hacia cerca hasta perto em no na nos nas bei nach in aus w we na \
     в во на под около у до від у в біля із зі \
     في من الي الى قرب بين نحو جنوب شمال شرق غرب وسط ضواحي بمدينه در از به نزديك شهر استان";

/// The same of languages in which they are too short, or too much like the words of others, to count in all texts.
pub(super) const LOCATIVES_OF: &[(&str, &str)] = &[
    ("nl", "te in bij naar uit rond nabij"),
    ("ro", "la in din spre langa pana"),
    ("id", "di ke dari dekat sekitar"),
    ("sw", "katika huko mjini jijini wilayani nchini"),
    ("ha", "a garin birnin"),
    ("sv", "i på fran till nara vid"),
    ("da", "i på fra til ved naer"),
    ("no", "i på fra til ved naer"),
    ("cs", "v ve do z u na k"),
    ("it", "a ad in da nei nel presso"),
];

/// What Turkish writes behind a place and an apostrophe: `Van'da`, `Mali'nin`.
pub(super) const TURKISH_ENDINGS: &str =
    "da de ta te dan den tan ten ya ye a e nin in un nun deki daki teki taki yi i u nde nda ndaki ndeki ne na";

/// What Hindi writes after a place.
pub(super) const POSTPOSITIONS: &str = "में से के की का पर तक";

/// What Thai writes before a place without a space: province, district, town, at, in, from.
pub(super) const THAI_BEFORE: [&str; 10] = [
    "จังหวัด",
    "อำเภอ",
    "อําเภอ",
    "เมือง",
    "ตำบล",
    "ตําบล",
    "ที่",
    "ใน",
    "จาก",
    "ภาค",
];

/// These say so only after a word for a place: `the town of Reading`, `ville de Ségou`.
pub(super) const GENITIVES: &str = "of de d du do da von";

pub(super) const SETTLEMENTS: &str = "city town village port province region district county department commune cercle suburb outskirts streets mayor people \
     residents north south east west centre center capital \
     ville villes village region province departement cercle localite commune zone secteur quartier nord sud est ouest \
     ciudad pueblo municipio provincia departamento estado localidad norte sur este oeste \
     cidade vila aldeia regiao distrito stadt dorf";

/// Kinds of places that stand before the name itself: `город Суми`, `mji wa Amani`, `kota Malang`, `مدينة صور`.
pub(super) const NAMED: &str = "город городе города городу село селе села поселок поселке район районе місто місті міста селі селище смт \
     miasto miescie miasta wies wsi kota desa kabupaten kecamatan provinsi mji magaalada degmada gobolka jihar garin birnin \
     orasul judetul satul staden byen obec obci mesto mestě gemeinde landkreis \
     مدينه بلده محافظه ولايه قريه مخيم ريف قضاء بلديه شهر استان شهرستان روستاي शहर जिले जिला राज्य";

/// What every town has one or some of: `hôpital de Liège`, `mercado de Maicao`.
pub(super) const PUBLIC: &str = "hopital clinique aeroport gare prison marche mairie universite commissariat prefecture port faubourg banlieue habitants maire \
     hospital aeropuerto mercado estacion carcel alcalde alcaldia afueras vecinos \
     aeroporto estacao cadeia prefeito prefeitura moradores";

/// Words that may stand between a place and the wider one that holds it: `Kidal, in the far north of Mali`.
pub(super) const BETWEEN: &str = "in the of far north south east west northern southern eastern western central northeast northwest southeast southwest \
     northeastern northwestern southeastern southwestern region province state district county \
     au aux du de des la le les l d en dans nord sud est ouest centre extreme region province \
     del el norte sur este oeste centro no na do da sul leste im norden suden osten westen nordlichen sudlichen \
     в на севере юге востоке западе центре северной южной восточной западной";

/// Words after a name that make it a state or province: `Georgia governor`, `Niger State`.
pub(super) const OF_DIVISION: &str =
    "governor gov lawmakers legislature legislators statehouse senate senator sheriff troopers state";

/// What people do and places, except the seats of governments, do not.
pub(super) const SPEAKS: &str =
    "said says told tells added explained argued noted wrote testified replied recalled joked insisted admitted who";

/// Nouns that make a longer name of an adjective: `Indian Ocean`, `Irish Republican`.
pub(super) const WITH_DEMONYM: &str = "ocean river creek quarter broad springs wells hills valley point bay reservation orthodox catholic baptist language \
     literature studies restaurant food cuisine wine cup grand prix open shepherd terrier bulldog toast fries";

/// Nouns that make what is made, eaten, played or caught everywhere of a people's name: an Italian grocery, Spanish flu, a
/// Brazilian striker.
pub(super) const OF_WARES: &str = "restaurant restaurants grocery bakery deli pub pubs bistro cafe food cuisine dish dishes wine wines cheese beer \
     whisky whiskey tea coffee bread oven sausage sausages salad influenza flu measles immersion lessons class classes studies \
     literature guns gun lager rug rugs furniture dancing dance dancer cars \
     striker strikers midfielder midfielders defender goalkeeper keeper winger forward tactician coach driver racer rider golfer \
     cyclist boxer skier swimmer sprinter footballer rower gymnast";

/// Persons of whom the whole world's press writes by a surname that some place also has.
pub(super) const FAMOUS: &str = "obama trump biden bush clinton lincoln reagan nixon putin macron sarkozy hollande merkel scholz thatcher johnson sunak \
     starmer modi gandhi singh khan sharif imran zia xi mao kim abe suzuki lula bolsonaro castro chavez maduro morales \
     santos petro bukele milei peron kirchner assad saddam erdogan sisi morsi mubarak netanyahu sharon rabin peres abbas \
     arafat karzai ghani zelensky lukashenko saakashvili medvedev lavrov shoigu stalin lenin trotsky gorbachev yeltsin \
     mandela zuma ramaphosa mbeki mugabe mnangagwa kagame museveni ruto kenyatta odinga buhari tinubu jonathan obasanjo \
     goita keita toure traore compaore sankara bazoum issoufou tiani deby ouattara gbagbo bedie sall faye wade diouf conde \
     doumbouya embalo weah sirleaf kanye beyonce messi ronaldo neymar pele";

/// Words that follow a place in the name of an organisation that is elsewhere or nowhere: its newspaper, its airline.
pub(super) const BORNE_NAMES: &str = "times post globe herald tribune gazette journal chronicle telegraph airlines airways air bank brewery \
     treaty protocol agreement accord accords convention syndrome fever virus flu hotel hilton street road avenue \
     boulevard lane drive court plaza bros inc ltd corp llc gmbh co motors records pictures studios magazine \
     sauce salad cheese dressing";

/// Words that follow or precede a place in a longer name without making it another thing.
pub(super) const NEUTRAL: &str = "police county city town state province region district department council mayor governor president prime minister \
     ministry government army hospital airport station school high university college court center centre port \
     north south east west northern southern eastern western central greater upper lower downtown metro metropolitan \
     fire sheriff public international national township village area valley island islands university community \
     new old interstate highway parish republic federal supreme the this international security forces foreign \
     chamber commerce board education museum bureau office authority us american british mayors officials residents democrat democrats republican republicans \
     airstrike attack attacks strike strikes bombing blast explosion crash election elections talks summit peace war crisis \
     junta rebels jihadists militants troops soldiers";

/// Words that hold sentences together, by language; where the language is not known, they are everyday words of any.
pub(super) const FUNCTION: &str = include_str!("../../../data/words/function-words.txt");

/// Names of places that are everyday words of a language, a line for each.
pub(super) const EVERYDAY: &str = include_str!("../../../data/words/everyday.txt");

/// Words after which only a place comes: “in” and “the town of” in Arabic, “town” in Russian; folded.
pub(super) fn is_before_place(word: &str) -> bool {
    matches!(
        word,
        "في" | "قرب"
            | "مدينه"
            | "بلده"
            | "قريه"
            | "شمال"
            | "جنوب"
            | "شرق"
            | "غرب"
            | "городе"
            | "город"
            | "города"
            | "городу"
            | "селе"
            | "села"
            | "поселке"
            | "деревне"
    )
}
