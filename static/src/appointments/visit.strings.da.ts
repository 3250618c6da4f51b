/** The Danish words about coming to an appointment: before, where, by video, in the calendar, in a course. */

export const da = {
  before: "Før du kommer",
  map: "Vis på kort",
  video: "Videomøde",
  join: "Åbn videomødet",
  opensAt: (day: string | null, time: string): string => `Du kan åbne mødet ${day ?? "i dag"} fra kl.\u00a0${time}.`,
  videoOver: "Mødet er slut.",
  videoNoTime: "Mødet har ikke en tid endnu.",
  videoWhy: (host: string): string => `Mødet åbner hos ${host}, uden for Nærblik.`,
  calendar: "Læg i kalender",
  calendarWhy: "Din kalender kan ses af andre, som du deler den med. Bliver aftalen flyttet, så læg den i kalenderen igen.",
  course: "Hele forløbet",
  courseNamed: (title: string): string => `Hele forløbet: ${title}`,
  courseWhy: (n: number): string => `${n} aftaler hører sammen, også på tværs af hospital, læge og kommune.`,
};
