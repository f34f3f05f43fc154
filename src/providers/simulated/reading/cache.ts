/** A memory of the latest `limit` (at least) results by key; makes a result when it is not there. */
export function boundedCache<Value>(limit: number): (key: string, make: () => Value) => Value {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return (key, make) => {
    const fresh = young.get(key);
    if (fresh !== undefined) return fresh;
    const value = old.get(key) ?? make();
    if (young.size >= limit) [old, young] = [young, new Map()];
    young.set(key, value);
    return value;
  };
}
