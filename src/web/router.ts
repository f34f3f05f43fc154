import { AlleleError } from "../base/index.ts";

/** What is at an address: routes are words, and `:name` for one that is open. */
export interface Found<T> {
  readonly target: T;
  readonly params: Readonly<Record<string, string>>;
}

interface Route<T> {
  readonly words: readonly string[];
  readonly target: T;
}

/** Finds by path; routes that come first win. Answers undefined where nothing is. Throws `bad-address` for broken escapes. */
export function makeRouter<T>(table: Readonly<Record<string, T>>): (path: string) => Found<T> | undefined {
  const routes = Object.entries(table).map(([path, target]): Route<T> => ({ words: wordsOf(path), target }));
  return (path) => {
    const words = wordsOf(path).map(decoded);
    for (const route of routes) {
      const params = matched(route.words, words);
      if (params !== undefined) return { target: route.target, params };
    }
    return undefined;
  };
}

function wordsOf(path: string): readonly string[] {
  return path.split("/").filter((word) => word !== "");
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch (error) {
    throw new AlleleError({
      code: "bad-address",
      message: `"${word}" is not a word of an address`,
      hint: "Follow a link of the dashboard instead of writing the address.",
      cause: error,
    });
  }
}

function matched(route: readonly string[], words: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (route.length !== words.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, word] of route.entries()) {
    const given = words[index] ?? "";
    if (word.startsWith(":")) params[word.slice(1)] = given;
    else if (word !== given) return undefined;
  }
  return params;
}

/** An address with its open words and its query filled in; members of the query that are undefined or empty are left out. */
export function link(
  words: readonly string[],
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const members = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return `/${words.map(encodeURIComponent).join("/")}${members.length === 0 ? "" : `?${members.join("&")}`}`;
}
