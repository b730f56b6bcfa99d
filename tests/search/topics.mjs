// What the pages that nobody looks for are about: news of a town. Each topic has things (singular with its article, plural),
// doings, and titles. Many of the words share parts with words of the demo (afvalscheiding, huisvuil, wijkfeest, zaalvoetbal).

const things = (text) => text.split(", ").map((one) => one.split("/"));

export const TOPICS = [
  {
    name: "sport",
    things: things(
      "het zaalvoetbal/de zaalvoetballers, het jeugdvoetbal/de jeugdspelers, de sportvereniging/de sportverenigingen, de trainer/de trainers, de wedstrijd/de wedstrijden, het zwembad/de zwembaden, de gymzaal/de gymzalen, de kantine/de kantines, het kampioenschap/de kampioenschappen, de hardloper/de hardlopers, het schaatsteam/de schaatsteams, de tafeltennistafel/de tafeltennistafels, de scheidsrechter/de scheidsrechters",
    ),
    doings: "het veld opknappen, de kleedkamers schoonmaken, een toernooi houden, de contributie verhogen, nieuwe leden werven, de kampioenen huldigen, op kunstgras spelen".split(", "),
    titles: ["Winst voor {t}", "{T} krijgt nieuw veld", "Toernooi trekt {p}", "Nieuwe kleedkamers bij {t}", "{P} klaar voor het seizoen"],
  },
  {
    name: "verkeer",
    things: things(
      "de fietstunnel/de fietstunnels, de rotonde/de rotondes, het verkeersplan/de verkeersplannen, de verkeersdrempel/de verkeersdrempels, de buslijn/de buslijnen, de parkeergarage/de parkeergarages, het zebrapad/de zebrapaden, de snelweg/de snelwegen, het treinstation/de treinstations, de fietser/de fietsers, het wegdek/de wegdekken, de bushalte/de bushaltes, de trambaan/de trambanen",
    ),
    doings: "het kruispunt ombouwen, de weg afsluiten, een omleiding instellen, sneller doorrijden, de snelheid verlagen, de berm maaien, de stoep verbreden".split(", "),
    titles: ["Omleiding door werk aan {t}", "{T} twee weken dicht", "Verkeersveiligheid: {t} wordt veiliger", "{P} krijgen ledlampen", "Nieuwe dienstregeling voor {p}"],
  },
  {
    name: "afval",
    things: things(
      "de afvalscheiding/de afvalbakken, het huisvuil/de vuilniszakken, de milieustraat/de milieustraten, de papierbak/de papierbakken, de groene container/de groene containers, het grofvuil/de grofvuilritten, de afvalpas/de afvalpassen, de vuilniswagen/de vuilniswagens, de plasticzak/de plasticzakken, de glasbak/de glasbakken, de zwerfvuilactie/de zwerfvuilacties",
    ),
    doings: "het oud papier ophalen, afval scheiden, de containers legen, grofvuil wegbrengen, een nieuwe pas aanvragen, minder restafval weggooien, zwerfvuil prikken".split(", "),
    titles: ["{T} verandert vanaf januari", "Andere ophaaldag voor {p}", "Afval scheiden: zo werkt {t}", "Extra {p} in het centrum", "{P} op feestdagen"],
  },
  {
    name: "belastingen",
    things: things(
      "de aanslag/de aanslagen, de hondenbelasting/de hondenbezitters, de rioolheffing/de rioolheffingen, de woningwaarde/de woningwaarden, de kwijtschelding/de kwijtscheldingen, de toeristenbelasting/de toeristen, het tarief/de tarieven, de bankrekening/de bankrekeningen, de incasso/de incasso's, het bezwaarschrift/de bezwaarschriften, de begroting/de begrotingen",
    ),
    doings: "de aanslag betalen, bezwaar maken, het tarief verhogen, in termijnen betalen, kwijtschelding vragen, de begroting rondkrijgen, de waarde schatten".split(", "),
    titles: ["{T} gaat omhoog", "Betaal {t} in termijnen", "Wat u moet weten over {t}", "Raad stelt {p} vast", "Minder inkomsten uit {t}"],
  },
  {
    name: "cultuur",
    things: things(
      "het museum/de musea, de tentoonstelling/de tentoonstellingen, het theater/de theaters, de voorstelling/de voorstellingen, de bibliotheek/de bibliotheken, het orkest/de orkesten, de kaartverkoop/de kaartjes, het stripboek/de stripboeken, de taalcursus/de taalcursussen, de schilder/de schilders, het filmfestival/de filmfestivals, de muziekschool/de muziekscholen",
    ),
    doings: "een tentoonstelling openen, kaartjes verkopen, een boek uitlenen, het orkest begeleiden, op het podium staan, een schilderij ophangen, de zaal huren".split(", "),
    titles: ["{T} opent zondag", "Kaartverkoop voor {t} gestart", "Druk bezocht: {t}", "Subsidie voor {p}", "Nacht van {p}"],
  },
  {
    name: "natuur",
    things: things(
      "het stadspark/de stadsparken, de boom/de bomen, de eikenprocessierups/de rupsen, het bos/de bossen, de egel/de egels, de moestuin/de moestuinen, de bijenkast/de bijenkasten, het wandelpad/de wandelpaden, de waterplas/de waterplassen, de vogelkijkhut/de vogelkijkhutten, de heide/de heidevelden, de otter/de otters",
    ),
    doings: "bomen planten, het gras minder maaien, een nest ophangen, bladeren ruimen, de oever beschermen, vogels tellen, een tuin vergroenen".split(", "),
    titles: ["{P} terug in de polder", "Buurt plant zelf {p}", "Onderhoud aan {t}", "Tellen van {p}", "{T} blijft dicht tot het voorjaar"],
  },
  {
    name: "bouwen",
    things: things(
      "de nieuwbouwwijk/de nieuwbouwwijken, de scheidingswand/de scheidingswanden, de bouwvergunning/de bouwvergunningen, het appartement/de appartementen, de sloop/de slopers, de hijskraan/de hijskranen, het bestemmingsplan/de bestemmingsplannen, de makelaar/de makelaars, het huisnummer/de huisnummers, de huurwoning/de huurwoningen, de dakgoot/de dakgoten",
    ),
    doings: "een vergunning aanvragen, de eerste paal slaan, het dak isoleren, woningen verloten, een muur slopen, de bouwplaats bewaken, huisnummers uitdelen".split(", "),
    titles: ["Eerste paal voor {p}", "{T} uitgesteld", "Bewoners denken mee over {t}", "Loting van {p}", "Bezwaar tegen {t}"],
  },
  {
    name: "evenementen",
    things: things(
      "de kermis/de kermissen, het wijkfeest/de wijkfeesten, de optocht/de optochten, de rommelmarkt/de rommelmarkten, het vuurwerk/de vuurpijlen, de intocht/de intochten, de braderie/de braderieën, het podium/de podia, de avondvierdaagse/de wandelaars, de kerstmarkt/de kerstmarkten, de vrijwilliger/de vrijwilligers",
    ),
    doings: "de straat versieren, een kraam huren, de optocht bekijken, vuurwerk afsteken, het plein afzetten, muziek draaien, een vergunning regelen".split(", "),
    titles: ["{T} gaat door", "Programma van {t} bekend", "Vrijwilligers gezocht voor {t}", "Verkeersmaatregelen bij {t}", "Terugblik op {t}"],
  },
  {
    name: "economie",
    things: things(
      "de winkelstraat/de winkelstraten, de ondernemer/de ondernemers, de weekmarkt/de weekmarkten, het bedrijventerrein/de bedrijventerreinen, de koopzondag/de koopzondagen, de bakker/de bakkers, het leegstaande pand/de leegstaande panden, de fabriek/de fabrieken, de webwinkel/de webwinkels, het terras/de terrassen, de stagiair/de stagiairs",
    ),
    doings: "een winkel openen, de markt verplaatsen, personeel zoeken, later sluiten, het terras vergroten, een pand verbouwen, reclame maken".split(", "),
    titles: ["Nieuwe eigenaar voor {t}", "{P} vaker open", "Ondernemers blij met {t}", "{T} verhuist", "Onderzoek naar {p}"],
  },
  {
    name: "water",
    things: things(
      "de dijk/de dijken, het gemaal/de gemalen, de waterstand/de waterstanden, de sloot/de sloten, de veerpont/de veerponten, de brug/de bruggen, het riool/de riolen, de regenton/de regentonnen, de haven/de havens, de brugwachter/de brugwachters, de steiger/de steigers",
    ),
    doings: "de dijk versterken, het waterpeil meten, de brug openen, een regenton plaatsen, het riool vervangen, de sloot uitbaggeren, de haven uitdiepen".split(", "),
    titles: ["{T} wordt vernieuwd", "Hoog water: {p} dicht", "Meten van {p}", "Nieuwe leuning voor {t}", "{P} onder de loep"],
  },
  {
    name: "veiligheid",
    things: things(
      "de brandweer/de brandweerlieden, de meldkamer/de meldkamers, de wijkagent/de wijkagenten, de buurtapp/de buurtapps, de rookmelder/de rookmelders, het fietsslot/de fietssloten, de inbraak/de inbraken, de sirene/de sirenes, de toezichthouder/de toezichthouders, de brandoefening/de brandoefeningen",
    ),
    doings: "een oefening houden, een fiets graveren, de sirene testen, een rookmelder ophangen, het licht aanlaten, aangifte doen van diefstal, de brandtrap keuren".split(", "),
    titles: ["Oefening van {t}", "{P} bij alle ouderenflats", "Minder meldingen over {p}", "Veilig op de fiets: let op {t}", "{T} op bezoek bij de markt"],
  },
  {
    name: "energie",
    things: things(
      "het zonnepaneel/de zonnepanelen, de windmolen/de windmolens, de warmtepomp/de warmtepompen, de energiecoach/de energiecoaches, het stroomnet/de stroomnetten, de laadpaal/de laadpalen, de thermostaat/de thermostaten, de gasleiding/de gasleidingen, de energiecrisis/de energieprijzen, het buurthuis/de buurthuizen",
    ),
    doings: "het huis isoleren, een paal aanvragen, de verwarming lager zetten, samen panelen kopen, de meter aflezen, een lening afsluiten, van het gas af gaan".split(", "),
    titles: ["Subsidie voor {p}", "{T} komt langs", "Meer {p} in de wijk", "Tien vragen over {t}", "Wachtlijst voor {p}"],
  },
];

export const PLACES = "het centrum, de Noordwijk, de Molenbuurt, het Havenkwartier, de Bloemenbuurt, de Oude Dijk, het Stationsplein, de Vogelwijk, het Marktplein, de Kerkstraat, de Zuidas, het Lage Land, de Parkwijk".split(", ");

// Words of the demo in the mouths of others: each sentence uses some, and none answers a question about them.
export const PASSING = [
  "Het overleg met {p} duurde een uur.",
  "Volgens de gemeente is de samenwerking met {p} goed.",
  "Over {t} zijn nieuwe afspraken gemaakt.",
  "Er kwam één melding binnen over {t}.",
  "Een eerste gesprek met {p} staat gepland.",
  "De overdracht van de sleutels van {t} is op vrijdag.",
  "Voor {p} komt er een nieuwe handleiding.",
  "Wie {d} wil, vult een vragenlijst in.",
  "De evaluatie van {t} volgt in het najaar.",
  "De pilot met {p} duurt een half jaar.",
  "Ouders en kinderen kunnen gratis naar {t}.",
  "De veiligheid van {p} staat voorop.",
  "Een draaiboek voor {t} ligt klaar.",
  "De crisis rond {t} is voorbij.",
  "Het jeugdteam van de club won van {p}.",
  "Een huisarts uit de buurt opende {t}.",
  "Ook de politie ging {d}.",
  "De school leent {t} uit voor een middag.",
  "De kosten van {t} zijn nog onbekend.",
  "Een gezin uit de straat mocht als eerste {d}.",
  "De raad vraagt hulp aan {p}.",
  "De monitoring van {t} gebeurt met sensoren.",
  "Er is privacy genoeg: {t} maakt geen opnamen.",
  "Tips voor wie wil {d}? Bel {t}.",
  "De burgemeester bedankte {p} voor hun hulp.",
  "De leden bespraken elke stap in {t}.",
  "Ouderen krijgen korting bij {t}.",
  "Voor {p} geldt een tijdelijk verbod op lawaai.",
  "Het stappenplan voor {t} hangt in de hal.",
  "De coach van {p} kreeg een taart.",
  "Het plan voor {t} telt dertig bladzijden.",
  "De werkgroep {n} komt weer bij elkaar.",
  "Een contactpersoon voor {p} is gevonden.",
  "In de nieuwsbrief staat een interview met {p}.",
  "Het wijkteam van de voetbalclub ging {d}.",
  "De betrokken partijen gaan eerst {d}.",
  "Het onderzoek naar {t} kost 24.000 euro.",
  "Het rapport over {t} verscheen op 20 maart 2017.",
  "De vacature bij {t} is vervuld.",
  "Elke vrijdag is er een vast moment voor {p}.",
  "Een werkbezoek aan {t} maakte indruk.",
  "De toestemming voor {t} is binnen.",
];

// What else a news item says.
export const PLAIN = [
  "In {b} gaan medewerkers volgende week {d}.",
  "{P} in {b} merken daar weinig van.",
  "Dat lukte vorig jaar ook, toen {p} de prijs kregen.",
  "Wie wil helpen bij {t}, kan zich opgeven bij de balie.",
  "Het werk aan {t} begint in {m} en is in {m} klaar.",
  "Er doen {c} mensen mee.",
  "Bij regen gaat {t} niet door.",
  "Ook {w}, {w} en {w} kwamen langs.",
  "Bewoners van {b} noemden {w} en {w} als voorbeeld.",
  "Aan het eind was er {w} voor iedereen.",
  "Het gaat om {c} stuks, zegt een woordvoerder.",
  "{T} kreeg dit jaar {c} bezoekers.",
  "De wethouder hoopt dat {p} blijven.",
  "Vanaf {m} wordt het anders: dan gaan {p} voor.",
  "Niet iedereen is blij: sommigen willen liever {d}.",
  "Vroeger was {w} hier heel gewoon.",
];

export const HEADS = ["Wat gaat er gebeuren?", "Meer weten", "Reacties uit de buurt", "Planning", "Voor wie is het?", "Kosten en betaling", "Hoe gaat het verder?", "Over {t}", "Vragen over {p}?"];
export const MONTHS = "januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december".split(", ");
