/**
 * Sentences that hold text of unknown origin. The words are ours, each value is kept apart, so that every
 * format can show it where it cannot do harm: a name in a manifest may be Markdown, HTML or `@everyone`.
 */
export interface Value {
  readonly value: string;
}
export type Phrase = readonly (string | Value)[];

/** `` say`keeps ${count(30)} of ${store}` ``: text is a value, another phrase is put in as it is. */
export function say(words: TemplateStringsArray, ...values: readonly (string | number | Phrase)[]): Phrase {
  return words.flatMap((word, index) => {
    const value = values[index];
    if (value === undefined) return word === '' ? [] : [word];
    // A number is what it is, and can say nothing else.
    const said = typeof value === 'object' ? value : typeof value === 'number' ? [String(value)] : [{ value }];
    return word === '' ? said : [word, ...said];
  });
}

/** Words of ours that stand where a value could. */
export function words(text: string): Phrase {
  return [text];
}

const SHOWN = 6;

/** `a, b and c`; of very many, the first and a count. */
export function listed(values: readonly (string | Phrase)[]): Phrase {
  const shown = values.slice(0, values.length > SHOWN + 1 ? SHOWN : values.length);
  const rest = values.length - shown.length;
  const all: readonly Phrase[] = [
    ...shown.map((value) => (typeof value === 'string' ? [{ value }] : value)),
    ...(rest > 0 ? [words(`${String(rest)} more`)] : []),
  ];
  return all.flatMap((phrase, index) => {
    if (index === 0) return phrase;
    return [index === all.length - 1 ? ' and ' : ', ', ...phrase];
  });
}

/** `1 cluster`, `3 clusters`. */
export function count(amount: number, noun: string): Phrase {
  return words(`${String(amount)} ${amount === 1 ? noun : `${noun}s`}`);
}

/** A phrase as one line of plain text, values in backquotes. */
export function plain(phrase: Phrase): string {
  return phrase.map((piece) => (typeof piece === 'string' ? piece : `\`${piece.value}\``)).join('');
}
