import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { Plan } from '@lgtm-fleet/plan';
import { inFile, parseLogql, parsePromql, readRules } from '@lgtm-fleet/queries';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { NAMESPACE_PREFIX, type OwnedGroup, type RulerStore } from './index-file.ts';

/** A file of `clusters/<cluster>/rules/<tenant>/<store>/`. */
export interface WrittenRules {
  /** From the root of the repository. */
  readonly path: string;
  readonly tenant: string;
  readonly store: RulerStore;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly text: string;
}

export interface RulesByHand {
  readonly groups: readonly OwnedGroup[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a person has written for the rulers, and what is wrong with it. */
export function rulesByHand(plan: Plan, files: readonly WrittenRules[]): RulesByHand {
  const read = files.map((file) => {
    const diagnostics = [...placeFaults(plan, file), ...ruleFaults(file)];
    return diagnostics.length > 0 ? { groups: [], diagnostics } : groupsOf(file);
  });
  return {
    groups: read.flatMap(({ groups }) => groups),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

type Fault = Omit<Diagnostic, 'file' | 'severity'>;

function fault({ path }: WrittenRules, told: Fault): Diagnostic {
  return { ...told, file: path, severity: 'error' };
}

/** Whose the folder is, and what the file is called. */
function placeFaults(plan: Plan, file: WrittenRules): readonly Diagnostic[] {
  const { tenant, name } = file;
  if (plan.role === 'edge')
    return [
      fault(file, {
        id: 'rules-of-an-edge',
        message: 'an edge has no ruler: its telemetry is at its hub',
        help: `move the file to \`clusters/${plan.hub ?? '<hub>'}/rules/${tenant}/\``,
      }),
    ];
  if (!plan.tenants.some((one) => one.name === tenant))
    return [
      fault(file, {
        id: 'rules-of-unknown-tenant',
        message: `there is no tenant \`${tenant}\``,
        help: `name the folder after one of ${plan.tenants.map((one) => `\`${one.name}\``).join(', ')}`,
      }),
    ];
  if (/^[a-z0-9][-.a-z0-9]*$/i.test(name)) return [];
  return [
    fault(file, {
      id: 'rules-name',
      message: `\`${name}\` cannot be the name of a namespace of a ruler`,
      help: 'take letters, digits, `-` and `.`',
    }),
  ];
}

/** What a ruler would refuse. */
function ruleFaults(file: WrittenRules): readonly Diagnostic[] {
  const { rules, faults } = readRules(file.text);
  const parse = file.store === 'logs' ? parseLogql : parsePromql;
  return [
    ...faults.map(({ message, span }) => fault(file, { id: 'unreadable-rules', message, span })),
    ...rules.flatMap(({ expr }) =>
      inFile(parse(expr.text).faults, expr).map(({ message, span }) =>
        fault(file, { id: 'rules-syntax', message, span }),
      ),
    ),
  ];
}

function groupsOf(file: WrittenRules): RulesByHand {
  const { tenant, store, name: base, text } = file;
  const document = parseDocument(text);
  const list = isMap(document.contents) ? document.contents.get('groups', true) : undefined;
  const seen = new Set<string>();
  const groups: OwnedGroup[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, node] of (isSeq(list) ? list.items : []).entries()) {
    const named = isMap(node) ? node.get('name', true) : undefined;
    const name = isScalar(named) && typeof named.value === 'string' ? named.value : '';
    if (!isNode(node) || !/^\w[-\w. ]*$/.test(name) || seen.has(name)) {
      const [start = 0, end = 0] = (isNode(named) ? named.range : isNode(node) ? node.range : undefined) ?? [];
      const message = seen.has(name)
        ? `there is a group \`${name}\` already`
        : `\`${name}\` cannot be the name of a group`;
      const help = 'take letters, digits, spaces, `-`, `_` and `.`, each name once in a file';
      diagnostics.push(
        fault(file, { id: 'rules-name', message, span: { start, end: Math.max(end, start + 1) }, help }),
      );
      continue;
    }
    seen.add(name);
    groups.push({
      tenant,
      store,
      namespace: `${NAMESPACE_PREFIX}${base}-by-hand`,
      group: name,
      file: `${store}-${tenant}-${base}-by-hand-${String(index)}.yaml`,
      value: node.toJS(document) as YamlValue,
    });
  }
  return { groups, diagnostics };
}
