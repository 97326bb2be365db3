import { get } from '../../commands.ts';
import { onProgram } from '../../programs.ts';
import type { Check } from '../../types.ts';

/** What runs, whatever its image is called. A program that was built without a version says none. */
export const check: Check = {
  id: 'other-version',
  layer: 'inputs',
  runbook: 'argocd-out-of-sync',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) => {
      const { component, version = '' } = program;
      const release = plan.components.find(({ name }) => name === component)?.releases[0];
      const wanted = release === undefined ? '' : plan.releases[release].tag.replace(/^v/, '');
      const is = version.replace(/^v/, '');
      if (!/^\d+\.\d+\.\d+/.test(is) || wanted === '' || is.startsWith(wanted)) return [];
      return [
        {
          ...onProgram(program),
          severity: 'warning' as const,
          what: `${program.pod} runs ${component} ${is}, and ${wanted} is planned`,
          why: ['the program says so itself'],
          next: get('pod', program.namespace, `${program.pod} -o jsonpath='{.spec.containers[*].image}'`),
        },
      ];
    }),
};
