import { z } from 'zod';
import { clusterSchema } from './schema.ts';

/** JSON Schema (draft 2020-12) of what a person writes, for editors. */
export function clusterJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(clusterSchema, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    $id: 'https://lgtm-fleet.dev/schemas/cluster.schema.json',
    title: 'A cluster of LGTM Fleet',
    $comment: 'Generated from libs/spec/src/schema.ts by `nx run tools:generate-schema`. Do not edit.',
    ...schema,
  };
}
