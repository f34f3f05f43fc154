import type { Recorded } from "./gold.ts";
import type { Settings } from "../../src/importers/index.ts";

/** For each form, small files in its shape, written for these tests, with answers that are right and wrong by task id. */
export interface Example {
  readonly form: string;
  readonly files: Readonly<Record<string, string>>;
  /** What is handed to the form; the files, unless it is a folder. */
  readonly paths?: readonly string[];
  readonly settings?: Settings;
  readonly answers: Readonly<
    Record<string, { readonly right: readonly Attempt[]; readonly wrong: readonly Attempt[] }>
  >;
}

/** An answer, or calls of tools and an answer. */
export type Attempt = string | Pick<Recorded, "actions" | "answer">;

export const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

export const examples: readonly Example[] = [
  {
    form: "rows",
    files: {
      "quiz.csv": 'no,question,answer,topic\n1,"Two, and two more?",4,sums\n2,Capital of France?,Paris,places\n',
    },
    settings: { input: "Q: {question}", expected: "answer", tags: "topic", id: "no" },
    answers: { 1: { right: ["4", "4."], wrong: ["5", ""] }, 2: { right: ["paris"], wrong: ["Rome"] } },
  },
  {
    form: "classification",
    files: {
      "mood.jsonl": lines([
        { id: "m1", text: "a joy .", label: "positive", split: "dev" },
        { id: "m2", text: "a bore .", label: "negative", split: "test" },
      ]),
    },
    answers: {
      m1: { right: ["Positive", "Sentiment: positive, not negative."], wrong: ["negative", "nonpositive", "good", ""] },
      m2: { right: ["**negative**"], wrong: ["positive", "Positive or negative?"] },
    },
  },
  {
    form: "lmentry",
    files: {
      "more_letters.jsonl": lines([{ id: "l1", word1: "so", word2: "them", gold: "them", meta: {} }]),
      "first_letter.jsonl": lines([{ id: "l2", word: "apple", gold: "a", meta: {} }]),
      "word_after.jsonl": lines([{ id: "l3", sentence: "We saw it rain", word: "it", gold: "rain", meta: {} }]),
      "all_words_from_category.jsonl": lines([
        { id: "l4", words: ["cat", "car"], category: "animals", gold: "no", meta: {} },
      ]),
      "most_associated_word.jsonl": lines([
        { id: "l5", category: "birds", options: ["crow", "cup"], gold: "crow", meta: {} },
      ]),
      "ends_with_word.jsonl": lines([{ id: "l6", word: "lamp", meta: {} }]),
      "sentence_not_containing.jsonl": lines([{ id: "l7", word: "lamp", meta: {} }]),
      "word_not_containing.jsonl": lines([{ id: "l8", letter: "b", meta: {} }]),
      "starts_with_word.jsonl": lines([{ id: "l9", word: "lamp", meta: {} }]),
      "word_containing.jsonl": lines([{ id: "l10", letter: "b", meta: {} }]),
      "smaller_number.jsonl": lines([{ id: "l11", n1: 101, n2: 72, gold: 72, meta: {} }]),
    },
    answers: {
      l1: {
        right: ["them", 'The word "them" has more letters.'],
        wrong: ["so", '"them" has more letters than "so".', ""],
      },
      l2: { right: ["A", 'The first letter of "apple" is "a".', "It is a"], wrong: ["It is a p", "b"] },
      l3: { right: ["rain", 'After "it" comes "rain".'], wrong: ["it", "train"] },
      l4: { right: ["No.", "No, a car is none."], wrong: ["yes", "None of them", ""] },
      l5: { right: ["crow", "It is the crow."], wrong: ["cup", "crow or cup", "crowd"] },
      l6: {
        right: ["He broke the lamp."],
        wrong: ["lamp", "The lamp broke.", "She saw two lamps", "I saw a head-lamp"],
      },
      l7: { right: ["It was dark."], wrong: ["The lamp is on.", "dark"] },
      l8: { right: ["house", '"House"', 'A word is "tree".'], wrong: ["bee", 'A word is "bee".', "two words", ""] },
      l9: { right: ["Lamp posts are tall.", '"Lamp oil is dear."'], wrong: ["Lamps are tall.", "A lamp is on."] },
      l10: { right: ["bee", 'A word with it is "crab".'], wrong: ["house", "big bee", ""] },
      l11: { right: ["72", "72 is smaller."], wrong: ["101", "72 is smaller than 101.", "721"] },
    },
  },
  {
    form: "instruction-induction",
    files: {
      "sum.induce.jsonl": lines([{ id: "i1", input: "2 3", output: "5", x: 2, y: 3 }]),
      "taxonomy_animal.execute.jsonl": lines([{ id: "i2", input: "cow, bus, ant", output: "ant, cow" }]),
      "synonyms.execute.jsonl": lines([{ id: "i3", input: "big", output: "large" }]),
      "rhymes.induce.jsonl": lines([
        { id: "i4", input: "ice", output: "rice", other_rhymes: ["rice", "ice", "twice"] },
      ]),
      "num_to_verbal.execute.jsonl": lines([
        { id: "i5", input: "1122", output: "one thousand, one hundred and twenty-two" },
      ]),
      "common_concept.induce.jsonl": lines([
        {
          id: "i6",
          concept: "are round.",
          items: ["ball", "sun"],
          all_common_concepts: ["are round.", "roll down hills."],
        },
      ]),
      "cause_and_effect.induce.jsonl": lines([{ id: "i7", cause: "It rained.", effect: "The road is wet." }]),
      "translation_en-de.execute.jsonl": lines([
        { id: "i8", input: "place", output: "Platz", possible_translations: ["Ort", "Platz"] },
      ]),
    },
    answers: {
      i1: { right: ["5", "5.\nBecause 2 + 3 is 5."], wrong: ["6", "2 3 5"] },
      i2: { right: ["cow, ant", "Ant and cow"].slice(0, 1), wrong: ["cow", "cow, ant, bus"] },
      i3: { right: ["large", "big, huge, large"], wrong: ["enlarged", "small"] },
      i4: { right: ["twice"], wrong: ["ice", "house"] },
      i5: {
        right: ["one thousand one hundred twenty two", "One thousand, one hundred and twenty-two."],
        wrong: ["one thousand", "1122"],
      },
      i6: { right: ["are round", "roll down hills"], wrong: ["are round and yellow things", "none"] },
      i7: { right: ["It rained."], wrong: ["The road is wet."] },
      i8: { right: ["Ort", "platz"], wrong: ["place"] },
    },
  },
  {
    form: "ifeval",
    files: {
      "input_data.jsonl": lines([
        {
          key: 1,
          prompt: "Name a bird in two words, without commas.",
          instruction_id_list: ["punctuation:no_comma", "length_constraints:number_words"],
          kwargs: [{}, { relation: "at least", num_words: 2, letter: null }],
        },
        {
          key: 2,
          prompt: "Answer in Kannada.",
          instruction_id_list: ["language:response_language"],
          kwargs: [{ language: "kn" }],
        },
      ]),
    },
    answers: { "ifeval-1": { right: ["A crow."], wrong: ["Crow", "A crow, or a rook."] } },
  },
  {
    form: "hotpotqa",
    files: {
      "questions.jsonl": lines([
        {
          id: "h1",
          question: "In which town was the builder of the Old Bridge born?",
          answer: "the town of Ostrow",
          type: "bridge",
          supporting_titles: ["Old Bridge"],
          context: [
            { title: "Old Bridge", sentences: ["The Old Bridge was built by Ada Klein.", " She was born in Ostrow."] },
            { title: "New Bridge", sentences: ["The New Bridge is new."] },
          ],
        },
      ]),
    },
    answers: {
      h1: {
        right: ["The town of Ostrow.", "I read it.\nAnswer: town of Ostrow"],
        wrong: ["Ostrow", "Answer: Kalisz", ""],
      },
    },
  },
  {
    form: "dbbench",
    files: {
      "dev.jsonl": lines([
        databaseTask("Who is oldest?", ["other"], ["Bo"]),
        databaseTask("How many are there?", ["counting"], ["2.0"]),
        databaseTask("Who are they?", ["other"], ["Al", "Bo"]),
        databaseTask("Add Cy, 7.", ["INSERT"], ["INSERT INTO `some people` (`name`, `the age`) VALUES ('Cy', '7')"]),
        databaseTask("Make Al 4.", ["UPDATE"], ['UPDATE "some people" SET "the age" = 4 WHERE name = "Al"']),
        databaseTask("Break it.", ["UPDATE"], ["UPDATE nothing SET name = 1"]),
      ]),
    },
    answers: {
      "dev-1": { right: ["Bo", "Answer: Bo", 'Answer: ["Bo"]'], wrong: ["Al", ""] },
      "dev-2": { right: ["2", "Answer: 2.0"], wrong: ["3"] },
      "dev-3": { right: ['Answer: ["Bo", "Al"]', "Al and Bo"], wrong: ["Al", '["Al", "Bo", "Cy"]'] },
      "dev-4": {
        right: [statement(`insert into "some people" values ('Cy', 7)`)],
        wrong: ["Done.", statement(`insert into "some people" values ('Cy', 8)`)],
      },
      "dev-5": {
        right: [statement("update `some people` set `the age` = '4' where name = 'Al'")],
        wrong: ["Done.", statement("update `some people` set `the age` = 4"), statement("delete from `some people`")],
      },
    },
  },
  {
    form: "tau-bench",
    files: {
      "tasks_test.jsonl": lines([
        {
          id: "t1",
          user_id: "u1",
          instruction: "You are u1. Cancel R1 and ask what comes back.",
          actions: [{ name: "cancel_reservation", kwargs: { reservation_id: "R1" } }],
          outputs: ["1234"],
        },
      ]),
      "policy.md": "Be kind.",
      "db/flights.json": "{}",
      "db/users.json": JSON.stringify({ u1: { payment_methods: {}, reservations: ["R1", "R2"] } }),
      "db/reservations.json": JSON.stringify({ R1: reservation("R1"), R2: reservation("R2") }),
    },
    paths: ["."],
    answers: {
      t1: {
        right: [{ actions: [cancelling("R1")], answer: "You get 1,234 back." }],
        wrong: [
          "You get 1,234 back.",
          { actions: [cancelling("R1")], answer: "Done." },
          { actions: [cancelling("R2")], answer: "1234" },
          { actions: [cancelling("R1"), cancelling("R2")], answer: "1234" },
        ],
      },
    },
  },
];

function databaseTask(description: string, type: readonly string[], label: readonly string[]): object {
  const columns = ["name", "the age"].map((name) => ({ name, type: "TEXT" }));
  const rows = [
    ["Al", "3"],
    ["Bo", "5"],
  ];
  return { description, type, label, table: { table_name: "some people", table_info: { columns, rows } } };
}

function statement(sql: string): Attempt {
  return { actions: [{ name: "sql", kwargs: { statement: sql } }], answer: "Done." };
}

function cancelling(reservation_id: string): Recorded["actions"][number] {
  return { name: "cancel_reservation", kwargs: { reservation_id } };
}

function reservation(id: string): object {
  return {
    reservation_id: id,
    user_id: "u1",
    cabin: "economy",
    flights: [],
    passengers: [],
    payment_history: [
      {
        payment_id: "credit_card_1",
        amount: 1234,
      },
    ],
    total_baggages: 0,
    nonfree_baggages: 0,
  };
}
