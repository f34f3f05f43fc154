/** What customers write, by language. */
export const bodies: Readonly<Record<string, readonly string[]>> = {
  en: [
    "I have been waiting for my parcel for two weeks and nobody tells me where it is.",
    "The second chair has arrived with a scratch on the back and I would like to know what we can do about it.",
    "Could you let me know whether the blue cups will be in stock again before the summer?",
  ],
  de: [
    "ich warte seit zwei Wochen auf mein Paket und niemand sagt mir, wo es ist.",
    "der zweite Stuhl ist mit einem Kratzer an der Lehne angekommen, und ich möchte wissen, was wir tun können.",
    "könnten Sie mir sagen, ob die blauen Tassen vor dem Sommer wieder vorrätig sind?",
  ],
  fr: [
    "j'attends mon colis depuis deux semaines et personne ne me dit où il se trouve.",
    "la deuxième chaise est arrivée avec une rayure sur le dossier et je voudrais savoir ce que nous pouvons faire.",
    "pourriez-vous me dire si les tasses bleues seront de nouveau disponibles avant l'été ?",
  ],
  es: [
    "llevo dos semanas esperando mi paquete y nadie me dice dónde está.",
    "la segunda silla ha llegado con un arañazo en el respaldo y quisiera saber qué podemos hacer.",
    "¿podrían decirme si las tazas azules estarán disponibles otra vez antes del verano?",
  ],
  it: [
    "aspetto il mio pacco da due settimane e nessuno mi dice dove si trova.",
    "la seconda sedia è arrivata con un graffio sullo schienale e vorrei sapere che cosa possiamo fare.",
    "potreste dirmi se le tazze blu saranno di nuovo disponibili prima dell'estate?",
  ],
  nl: [
    "ik wacht al twee weken op mijn pakket en niemand vertelt mij waar het is.",
    "de tweede stoel is aangekomen met een kras op de leuning en ik zou graag weten wat wij kunnen doen.",
    "kunt u mij laten weten of de blauwe kopjes voor de zomer weer op voorraad zijn?",
  ],
};

/** Asking for a reply in another language: language of the message, then language wanted. */
export const wanted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    de: "Please answer in German.",
    fr: "Would you reply in French, please?",
    es: "Please write back in Spanish.",
    it: "I would be glad of an answer in Italian.",
    nl: "Please reply in Dutch, it is for my mother.",
  },
  de: {
    en: "Bitte antworten Sie auf Englisch.",
    fr: "Ihre Antwort bitte auf Französisch.",
    es: "Schreiben Sie mir bitte auf Spanisch zurück.",
    it: "Ich bitte um eine Antwort auf Italienisch.",
    nl: "Antworten Sie bitte auf Niederländisch.",
  },
  fr: {
    en: "Merci de répondre en anglais.",
    de: "Répondez-moi en allemand, s'il vous plaît.",
    es: "Je souhaite une réponse en espagnol.",
    it: "Merci d'écrire votre réponse en italien.",
    nl: "Veuillez répondre en néerlandais.",
  },
  es: {
    en: "Respondan en inglés, por favor.",
    de: "Les ruego una respuesta en alemán.",
    fr: "Por favor, contesten en francés.",
    it: "Escriban la respuesta en italiano, por favor.",
    nl: "Respondan en neerlandés, por favor.",
  },
  it: {
    en: "Rispondete in inglese, per favore.",
    de: "Vi prego di rispondere in tedesco.",
    fr: "Vorrei una risposta in francese.",
    es: "Per favore, rispondete in spagnolo.",
    nl: "Rispondete in olandese, grazie.",
  },
  nl: {
    en: "Graag een antwoord in het Engels.",
    de: "Wilt u in het Duits antwoorden?",
    fr: "Antwoord alstublieft in het Frans.",
    es: "Graag antwoorden in het Spaans.",
    it: "Wilt u uw antwoord in het Italiaans schrijven?",
  },
};

/** Mentioning another language without wanting it, by language of the message. */
export const mentions: Readonly<Record<string, readonly string[]>> = {
  en: [
    "Your last letter was in German and I did not understand a word.",
    "The manual is only in French, but that is another matter.",
    "My husband speaks Spanish, I do not.",
  ],
  de: [
    "Ihr letzter Brief war auf Englisch, und ich habe kein Wort verstanden.",
    "Die Anleitung gibt es nur auf Französisch, aber das ist eine andere Sache.",
    "Mein Mann spricht Italienisch, ich nicht.",
  ],
  fr: [
    "Votre dernière lettre était en anglais et je n'ai rien compris.",
    "Le mode d'emploi est seulement en allemand, mais c'est une autre histoire.",
    "Mon mari parle espagnol, moi non.",
  ],
  es: [
    "Su última carta estaba en inglés y no entendí nada.",
    "Las instrucciones están solo en alemán, pero esa es otra historia.",
    "Mi marido habla francés, yo no.",
  ],
  it: [
    "La vostra ultima lettera era in inglese e non ho capito nulla.",
    "Le istruzioni sono solo in tedesco, ma questa è un'altra storia.",
    "Mio marito parla francese, io no.",
  ],
  nl: [
    "Uw laatste brief was in het Engels en ik begreep er niets van.",
    "De handleiding is alleen in het Duits, maar dat is een ander verhaal.",
    "Mijn man spreekt Frans, ik niet.",
  ],
};

/** What the customer quotes from a mail or a page, which is often longer than the message itself. */
export const quotations: Readonly<Record<string, string>> = {
  en: "Thank you for your order. We are sorry that there is a delay in the delivery of your goods and will be in touch as soon as we know more.",
  de: "Vielen Dank für Ihre Bestellung. Leider verzögert sich die Lieferung Ihrer Ware, und wir melden uns, sobald wir mehr wissen.",
  fr: "Merci pour votre commande. La livraison de vos articles est malheureusement retardée et nous vous écrirons dès que nous en saurons plus.",
  es: "Gracias por su pedido. Lamentamos que la entrega de sus artículos se retrase y le escribiremos en cuanto sepamos más.",
  it: "Grazie per il vostro ordine. Purtroppo la consegna della merce è in ritardo e vi scriveremo appena ne sapremo di più.",
  nl: "Bedankt voor uw bestelling. Helaas is de levering van uw artikelen vertraagd en wij nemen contact op zodra wij meer weten.",
};

export const greetings: Readonly<Record<string, string>> = {
  en: "Hello,",
  de: "Guten Tag,",
  fr: "Bonjour,",
  es: "Buenos días,",
  it: "Buongiorno,",
  nl: "Goedendag,",
};

export const requests: readonly string[] = [
  "In which language should we reply to this customer? The language of the message itself, unless the customer asks for another one; quotations do not count. Answer with the two-letter code: en, de, fr, es, it or nl.\n\n{message}",
  "Reply language for the message below (one of en, de, fr, es, it, nl; the code only). Take the language the customer asks for, or else the one the customer writes in.\n---\n{message}\n---",
  "<message>\n{message}\n</message>\nGive the ISO code of the language our answer has to be written in: de, en, es, fr, it, nl. If the customer wishes for a certain language, it is that one. Code alone, please.",
  'Message:\n"""\n{message}\n"""\nWhat language does this customer want to be answered in? One code out of {en, de, fr, es, it, nl} and nothing else.',
];
