interface Language {
  readonly code: string;
  /** What people call it when they forget the code. */
  readonly name: string;
  /** Beginnings of its name in the languages people write in. */
  readonly called: RegExp;
  /** Small words that occur in it all the time. */
  readonly frequent: RegExp;
}

const languages: readonly Language[] = [
  {
    code: "en",
    name: "English",
    called: beginnings("english englisch anglais inglés inglese engels"),
    frequent: wholeWords("the and is for my me that whether about have been with would you your not was"),
  },
  {
    code: "de",
    name: "German",
    called: beginnings("german deutsch allemand alemán tedesco duits"),
    frequent: wholeWords(
      "ich der die das und ist mein mir nicht auf wir mit einem sie vor niemand seit zwei haben war",
    ),
  },
  {
    code: "fr",
    name: "French",
    called: beginnings("french französisch français francés francese frans"),
    frequent: wholeWords(
      "le les est et je mon me ne pas que nous vous une dans pour avec sur personne depuis votre des",
    ),
  },
  {
    code: "es",
    name: "Spanish",
    called: beginnings("spanish spanisch espagnol español spagnolo spaans"),
    frequent: wholeWords("el los las está que mi me nadie dónde ha con en una si antes del semanas quisiera por no su"),
  },
  {
    code: "it",
    name: "Italian",
    called: beginnings("italian italienisch italien italiano italiaans"),
    frequent: wholeWords("il lo gli è che mio mi nessuno dove con una sono di se le della vorrei da non vostra due"),
  },
  {
    code: "nl",
    name: "Dutch",
    called: beginnings("dutch niederländisch néerlandais neerlandés olandese nederlands"),
    frequent: wholeWords("het een ik mijn mij niet de van op wij niemand zijn waar graag voor al of kunt met uw weer"),
  },
];

const replying = beginnings(
  "answer reply repl respond write antwort schreib répon réponse écri respuesta contest escrib rispond risposta scriv antwoord schrijf",
);
const quotation = /["“”„][^"“”„]+["“”„]/g;

/**
 * The code of the language to reply in. `heedful`: the one asked for, else the one written in, quotations left out;
 * else whatever foreign language stands out.
 */
export function replyLanguage(message: string, heedful: boolean): string {
  const own = message.replace(quotation, " ");
  const sentences = own.split(/(?<=[.!?])\s+|\n+/);
  if (heedful) {
    const wish = sentences.find((sentence) => sentence.search(replying) !== -1 && called(sentence) !== undefined);
    return (wish === undefined ? undefined : called(wish)) ?? dominant(own);
  }
  const mentioned = sentences.find((sentence) => sentence.search(replying) === -1 && called(sentence) !== undefined);
  const quoted = (message.match(quotation) ?? []).join(" ");
  return (mentioned === undefined ? undefined : called(mentioned)) ?? dominant(quoted === "" ? own : quoted);
}

/** The English name of a language, or the code when it is unknown. */
export function languageName(code: string): string {
  return languages.find((language) => language.code === code)?.name ?? code;
}

function called(sentence: string): string | undefined {
  return languages.find((language) => sentence.search(language.called) !== -1)?.code;
}

function dominant(text: string): string {
  const counted = languages.map(({ code, frequent }) => ({ code, count: text.match(frequent)?.length ?? 0 }));
  return counted.reduce((a, b) => (b.count > a.count ? b : a)).code;
}

function wholeWords(words: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${words.replaceAll(" ", "|")})(?!\\p{L})`, "giu");
}

function beginnings(words: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${words.replaceAll(" ", "|")})`, "iu");
}
