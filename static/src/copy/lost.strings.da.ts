/** The Danish words about a yes or a block that Nærblik lost. */

export const da = {
  yes: {
    title: "Dit ja er gået tabt.",
    what: (when: string): string => `Du sagde ja ${when}. Siden måtte Nærblik hente en ældre sikkerhedskopi frem, og dit ja er ikke med i den.`,
    safe: "Ingen kan se noget på grund af det ja. Dine oplysninger er her stadig.",
    next: "Vil du stadig sige ja, så svar igen. Du bliver måske bedt om at vise, hvem du er.",
    go: "Svar igen",
  },
  block: {
    title: "Din spærring er gået tabt.",
    what: (when: string): string => `Du spærrede ${when}. Siden måtte Nærblik hente en ældre sikkerhedskopi frem, og spærringen er ikke med i den.`,
    safe: "Den virker ikke nu. Den, du spærrede for, kan igen se det, som et samtykke giver lov til. Hvem der har set noget, står i Min Log.",
    next: "Skal den stadig gælde, så spær igen.",
    go: "Spær igen",
  },
  asked: "Hvem der spurgte",
  gone: "Spørgsmålet er her ikke mere. Vil du stadig sige ja, må stedet spørge dig igen.",
  putAway: "Jeg har læst det",
};
