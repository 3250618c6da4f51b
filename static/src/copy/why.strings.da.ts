/** Danish words for why what was done on this phone was refused, by code, or by kind of act and code. */

export const why: Record<string, string> = {
  stale: "Det, du svarede på, er ændret siden. Se på det igen, og svar på ny.",
  not_allowed: "Du har ikke adgang til det mere.",
  not_found: "Det, det handlede om, er her ikke mere.",
  conflict: "Det kan ikke gøres mere. Ring til stedet, hvis det haster.",
  "dose:mark/conflict": "Den dosis kan ikke markeres. Det ændrer intet ved, hvad du tog. Spørg lægen eller apoteket, hvis du er i tvivl.",
  "dose:mark/not_found": "Medicinen er ikke på dit kort mere. Det ændrer intet ved, hvad du tog. Spørg lægen eller apoteket, hvis du er i tvivl.",
  "renewal:ask/conflict": "Der kan ikke ønskes en ny recept her nu. Ring til lægen, hvis du snart mangler medicin.",
  fresh_login_needed: "Det kræver, at du lige har logget ind. Log ind, og gør det igen.",
  too_old: "Det lå her for længe, før det blev sendt. Gør det igen, hvis det stadig gælder.",
  device_ended: "Telefonen blev afsluttet, før det blev sendt.",
  payload_changed: "Det var sendt før med et andet indhold. Se efter, hvad der står nu.",
};
