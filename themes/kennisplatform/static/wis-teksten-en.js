// What erasing traces says, in English.
export default {
  "wis-bezig": "We are erasing now.",
  "wis-klaar": "This is what we erased on this device",
  "wis-niets": "We found nothing of this website on this device. So there was nothing to erase.",
  "wis-local": "stored data, such as your list and your ticks: {n}",
  "wis-session": "data of this tab: {n}",
  "wis-cookies": "cookies: {n}",
  "wis-caches": "temporary files this website had kept itself: {n}",
  "wis-databases": "databases in the browser: {n}",
  "wis-workers": "background programs of this website (service workers): {n}",
  "wis-aanmelding": "your login on this device",
  "wis-over": "This did not work",
  "wis-over-een": "{soort} – something was left",
  "wis-over-aanmelding": "your login: the server did not answer. Close the whole browser. Does your browser open your tabs again later? Then you stay logged in until you log out, or until that ends by itself after some hours. So log out as soon as you can.",
  "wis-kan-niet": "This we cannot erase",
  "wis-kan-niet-lijst":
    "the history of your browser|the suggestions in the address bar|what you downloaded or printed|the history on your other devices, if they are linked|what your internet provider, your employer or your search engine keeps",
  "wis-zelf": "Only you can erase the history of your browser. Below you read how.",
};
