import type { Computed } from './expression.ts';

/** How an argument's value looks. A value may always be computed instead, but for what is a list of references. */
interface ValueTypes {
  readonly string: string | Computed;
  /** As Go writes it: `30s`, `1h`. */
  readonly duration: string | Computed;
  /** As people write it: `1MiB`. */
  readonly size: string | Computed;
  readonly number: number | Computed;
  readonly bool: boolean | Computed;
  readonly strings: readonly (string | Computed)[] | Computed;
  readonly numbers: readonly number[];
  readonly map: { readonly [key: string]: string | Computed };
  /** Several values for a name: `params` of a scrape. */
  readonly lists: { readonly [key: string]: readonly string[] };
  readonly object: { readonly [key: string]: string | number | boolean };
  readonly targets: readonly { readonly [key: string]: string | Computed }[] | Computed;
  /** One export of another component. */
  readonly reference: Computed;
  readonly references: readonly Computed[];
}

export type ValueType = keyof ValueTypes;

/** What a block takes; the same value checks the text at run time and types the TypeScript that makes it. */
export interface BlockModel {
  readonly attributes: Readonly<Record<string, ValueType>>;
  /** Attributes and blocks that have to be there. */
  readonly required?: readonly string[];
  readonly blocks?: Readonly<Record<string, BlockModel>>;
  /** True for an inner block that has a label, by which there may be several. */
  readonly labelled?: true;
}

type RequiredOf<M extends BlockModel> = M extends { readonly required: readonly (infer R)[] } ? R : never;

type Values<M extends BlockModel> = { readonly [K in keyof M['attributes']]: ValueTypes[M['attributes'][K]] };

type Blocks<M extends BlockModel> = M extends { readonly blocks: infer B extends Readonly<Record<string, BlockModel>> }
  ? { readonly [K in keyof B]: InnerOf<B[K]> }
  : unknown;

/** One body or several, by their labels where they have such. */
type InnerOf<M extends BlockModel> = M extends { readonly labelled: true }
  ? { readonly [label: string]: BodyOf<M> }
  : BodyOf<M> | readonly BodyOf<M>[];

type Partly<T, R> = Partial<Omit<T, R & keyof T>> & Pick<T, R & keyof T>;

/** The arguments and inner blocks of a block; an unknown one is a type error. */
export type BodyOf<M extends BlockModel> = Partly<Values<M> & Blocks<M>, RequiredOf<M>>;
