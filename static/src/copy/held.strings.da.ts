/** The Danish words of a copy that is unlocked and may not be read now. */

export const da = {
  page: "Kopien er låst",
  titles: {
    lease: "Din kopi venter på net.",
    clock: "Din kopi venter på net.",
    closed: "Din kopi venter på net.",
    none: "Din kopi er ikke hentet endnu.",
  },
  loginTitle: "Log ind for at åbne din kopi.",
  happened: {
    lease: "Telefonen har været uden net for længe. Så låser kopien, for det, den viser, kan være forældet.",
    clock: "Telefonens ur er stillet tilbage. Så ved vi ikke, hvor gammel kopien er, og vi viser den ikke.",
    closed: "Adgangen bliver kontrolleret hos Nærblik. Imens viser vi ikke kopien.",
    none: "Telefonen mistede nettet, før kopien nåede frem.",
  },
  isKept: "Nej. Kopien ligger her stadig, låst.",
  isSafe: "Nej. Dine oplysninger er hos Nærblik, som de var.",
  waits: (n: number): string => (n === 1 ? "1 ting, du gjorde her, er ikke sendt endnu. Den ligger her og bliver sendt." : `${n} ting, du gjorde her, er ikke sendt endnu. De ligger her og bliver sendt.`),
  advice: "Sørg for, at telefonen har net, og se, om dens ur går rigtigt. Så åbner kopien af sig selv.",
  adviceNow: {
    login: "Log ind. Så henter vi det nyeste, og kopien åbner.",
    no_room: "Der er ikke plads på telefonen. Slet noget andet, og prøv igen.",
    refused: "Nærblik ville ikke tage imod. Luk appen, og åbn den igen, så den bliver ny.",
  } as Partial<Record<string, string>>,
  again: "Prøv igen nu",
  busy: "Henter …",
  login: "Log ind",
  without: "Log ind uden kopien",
  beside: {
    owner: { title: "Har du glemt pinkoden?", why: "Så slet kopien, og lav en ny med en ny kode." },
    another: {
      title: "Kopien her er ikke din.",
      why: "Der kan kun være én kopi på hver telefon. Låser den anden op, bliver du logget ud. Er telefonen din nu, så slet kopien, og lav din egen.",
    },
  },
};
