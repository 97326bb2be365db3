import { basename } from 'node:path';
import { readFileSync } from 'node:fs';
import { parseAllDocuments, visit } from 'yaml';

export interface Missing {
  readonly component: string;
  readonly image: string;
}

/** The components that name an image which the cluster will not get. */
export function missingComponents(files: readonly string[], absent: readonly string[]): readonly Missing[] {
  return files.flatMap((file) => {
    const images = new Set(imagesOf([file]));
    const missing = absent.find((image) => images.has(image));
    return missing === undefined ? [] : [{ component: basename(file, '.yaml'), image: missing }];
  });
}

/** Every image that files of manifests name, each once. */
export function imagesOf(files: readonly string[]): readonly string[] {
  const images = new Set<string>();
  for (const document of files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8'))))
    visit(document, {
      Pair: (_, { key, value }) => {
        if (String(key) === 'image' && typeof (value as { value?: unknown } | null)?.value === 'string')
          images.add((value as { value: string }).value);
      },
    });
  return [...images];
}
