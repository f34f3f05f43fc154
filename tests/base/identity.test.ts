import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, contentHash, makeRandom } from "../../src/base/index.ts";

/** Canonical JSON as it is defined, however long it takes. */
function defined(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(defined).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${defined(member)}`).join(",")}}`;
}

test("canonical JSON is the JSON of the same data with its keys sorted, whatever the texts hold", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      expect(canonicalJson(value)).toBe(defined(value));
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
    }),
  );
  for (const text of [
    '"',
    "\\",
    "a\nb",
    "é",
    "\u2028",
    "\ud800",
    "a b.c:d,e/f-g_h",
    "x".repeat(41),
    "",
    "tab\t",
    "end\n",
  ])
    expect(canonicalJson({ [text]: [text] })).toBe(`{${JSON.stringify(text)}:[${JSON.stringify(text)}]}`);
});

test("canonical JSON leaves out what is undefined, and refuses what JSON cannot say", () => {
  expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
  expect(() => canonicalJson([Number.NaN])).toThrow(RangeError);
  expect(() => canonicalJson({ a: () => 1 })).toThrow(TypeError);
});

test("hashes and streams of chance are what they were in every earlier version: journals and caches rest on them", () => {
  expect(contentHash({ b: [1, null, "é\n"], a: { "10": 1, "9": true } })).toBe("s256:cfb5ba028241bf5041fadc25e14ea7be");
  const random = makeRandom(1);
  expect([random.int(1000), random.int(1000), random.int(1000), random.next()]).toEqual([
    572, 611, 704, 0.016686700814886657,
  ]);
  const fork = makeRandom("a").fork("b");
  expect([fork.int(2 ** 31), fork.next()]).toEqual([800850639, 0.3191165754154025]);
});
