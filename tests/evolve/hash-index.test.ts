import fc from "fast-check";
import { expect, test } from "vitest";
import { contentHash } from "../../src/base/index.ts";
import { emptyIndex, valueAt, withValue, type HashIndex } from "../../src/evolve/hash-index.ts";

test("an index of hashes holds what was filed last, and earlier versions stay as they were", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(9)), { maxLength: 80 }), (entries) => {
      const known = new Map<string, number>();
      let index: HashIndex<number> = emptyIndex;
      const versions: [HashIndex<number>, Map<string, number>][] = [];
      for (const [name, value] of entries) {
        const id = contentHash(name);
        index = withValue(index, id, value);
        known.set(id, value);
        versions.push([index, new Map(known)]);
      }
      for (const [version, values] of versions) {
        for (let name = 0; name <= 40; name++)
          expect(valueAt(version, contentHash(name))).toBe(values.get(contentHash(name)));
      }
    }),
  );
});
