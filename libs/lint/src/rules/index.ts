// Generated from the folders here. Do not edit: run `nx run tools:generate-rules`.

import type { Rule } from '../types.ts';
import { rule as remoteBase } from './remote-base/rule.ts';
import { rule as tooFewReplicasForReplication } from './too-few-replicas-for-replication/rule.ts';
import { rule as writableRootFilesystem } from './writable-root-filesystem/rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [remoteBase, tooFewReplicasForReplication, writableRootFilesystem];
