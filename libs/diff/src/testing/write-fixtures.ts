import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classes } from '../classes/index.ts';
import { readme } from './readme.ts';
import { classFolders, CLASSES, compare, fixturesOf, summary } from './fixtures.ts';

/** Writes what the classes say now into expected.txt and README.md of their folders; read what changed before you commit. */
for (const id of classFolders)
  for (const fixture of fixturesOf(id)) writeFileSync(join(fixture.folder, 'expected.txt'), summary(compare(fixture)));
for (const { meta } of classes) writeFileSync(join(CLASSES, meta.id, 'README.md'), readme(meta, fixturesOf(meta.id)));
