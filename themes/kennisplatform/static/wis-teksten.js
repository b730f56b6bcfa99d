// De zinnen van ‘Wis sporen op deze site’, apart omdat alleen die pagina ze nodig heeft.

import { metZinnen } from "./teksten.js";

await metZinnen("wis-teksten", {
  "wis-bezig": "Wij wissen nu.",
  "wis-klaar": "Dit hebben wij op dit apparaat gewist",
  "wis-niets": "Er stond op dit apparaat niets van deze website dat wij konden vinden. Er viel dus niets te wissen.",
  "wis-local": "opgeslagen gegevens, zoals uw lijst en uw vinkjes: {n}",
  "wis-session": "gegevens van dit tabblad: {n}",
  "wis-cookies": "cookies: {n}",
  "wis-caches": "tijdelijke bestanden die deze website zelf had bewaard: {n}",
  "wis-databases": "databanken in de browser: {n}",
  "wis-workers": "hulpprogramma's van deze website (service workers): {n}",
  "wis-aanmelding": "uw aanmelding op dit apparaat",
  "wis-over": "Dit is niet gelukt",
  "wis-over-een": "{soort} – er bleef iets over",
  "wis-over-aanmelding": "uw aanmelding: de server antwoordde niet. Sluit de browser helemaal. Opent uw browser uw tabbladen later weer? Dan blijft u ingelogd tot u uitlogt, of tot dat na een aantal uur vanzelf stopt. Log dus uit zodra het kan.",
  "wis-kan-niet": "Dit kunnen wij niet wissen",
  "wis-kan-niet-lijst":
    "de geschiedenis van uw browser|de suggesties in de adresbalk|wat u heeft gedownload of afgedrukt|de geschiedenis op uw andere apparaten, als die zijn gekoppeld|wat uw internetaanbieder, uw werk of uw zoekmachine bewaart",
  "wis-zelf": "De geschiedenis van uw browser kunt alleen u wissen. Hieronder staat hoe.",
});

export { zin } from "./teksten.js";
