import { hubPlans } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { emitters, type ConfigFile } from './index.ts';

/** The comments of a file, each as one line. */
function commentsOf(file: ConfigFile): readonly string[] {
  if (file.form === 'yaml') return Object.values(file.comments ?? {}).map((text) => text.replaceAll('\n', ' '));
  if (file.form === 'json') return [];
  const mark = file.comment === '//' ? '//' : `[${file.comment}]`;
  const blocks = file.text.match(new RegExp(`(?:^[ \\t]*${mark} .*\\n)+`, 'gm')) ?? [];
  return blocks.map((block) =>
    block
      .split('\n')
      .map((line) => line.trim().slice(file.comment.length).trim())
      .join(' ')
      .trim(),
  );
}

describe.each(hubPlans().map((plan) => [plan.cluster, plan] as const))('comments of %s', (_, plan) => {
  const comments = plan.components.flatMap((component) =>
    emitters[component.name](plan, component).configFiles.flatMap((file) =>
      commentsOf(file).map((text) => `${file.name}: ${text}`),
    ),
  );

  it('are there', () => {
    expect(comments.length).toBeGreaterThan(100);
  });

  it('start with a capital letter, unless with the name of a field or key', () => {
    expect(comments.filter((text) => !/^\S+: (?:[^a-z]|\w+[._,])/u.test(text))).toEqual([]);
  });

  it('end in a full stop only where they are several sentences', () => {
    const several = /[.] [A-Z]/u;
    expect(comments.filter((text) => text.endsWith('.') !== several.test(text))).toEqual([]);
  });
});
