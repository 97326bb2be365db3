import { child, entriesOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { moduleOf, shipped, type Probe } from '../../../scrape/modules.ts';
import { acceptProbe } from '../../../scrape/targets.ts';
import type { BlockNode } from '../syntax/nodes.ts';
import type { Exported, ExporterReading, ReadExporter } from './exporter.ts';
import { alike, moduleIn, probedBy, textIn } from './probed.ts';

const NAMED = { http: 'urls', tcp: 'addresses', icmp: 'hosts', dns: 'servers' } as const;
const USUAL = 'http_2xx';

export const blackbox: ReadExporter = (node, reading) => {
  const { ledger, to, fatal } = reading;
  const modules = modulesOf(node, reading);
  judge(node, [[impossible('a probe has the timeout of its source'), ['probe_timeout_offset']]], ledger);
  const groups = alike(probedBy(node, reading), (one) => textIn(moduleIn(one)));
  const exported = groups.flatMap((group): readonly Exported[] => {
    const [first] = group;
    if (first === undefined) return [];
    const written = moduleIn(first);
    const probe = probeOf(textOf(written) ?? USUAL, modules, reading);
    if ('why' in probe) {
      for (const one of group) ledger.impossible(one.node, probe.why);
      return [];
    }
    for (const one of group) ledger.carried(moduleIn(one), `${to}.blackbox.${probe.kind}`);
    const accept = acceptProbe(probe.kind, ledger);
    const targets = group.flatMap(
      ({ address }) => accept(textIn(address).trim(), address, `${to}.blackbox.${probe.kind}`) ?? [],
    );
    if (targets.length === 0) return [];
    return [
      {
        value: {
          ...(probe.timeout !== undefined && { timeout: probe.timeout }),
          blackbox: { [probe.kind]: { [NAMED[probe.kind]]: [...new Set(targets)], ...probe.value } },
        },
        labels: first.labels,
        origin: first.node,
      },
    ];
  });
  if (exported.length === 0) fatal.push('nothing that it probes is left');
  return exported;
};

/** Modules by name; none where their text is not among the inputs. */
function modulesOf(node: BlockNode, { ledger, world }: ExporterReading): ReadonlyMap<string, SourceNode> | undefined {
  const file = child(node, 'config_file');
  const found = file === undefined ? undefined : world.fileAt(textIn(file), node.file);
  if (file !== undefined) {
    if (found === undefined)
      ledger.impossible(file, 'this file is not among the inputs: lay it beside the configuration and import again');
    else ledger.changed(file, 'ingest.sources', 'its modules are those of the sources');
  }
  const config = child(node, 'config');
  const documents = found !== undefined ? ledger.documents(found) : config !== undefined ? world.documents(config) : [];
  if (documents.length === 0) return undefined;
  const modules = documents.flatMap((document) => entriesOf(child(document, 'modules')));
  for (const [, module] of modules)
    if (!ledger.settled(module)) ledger.carried(module, 'nothing: no target uses this module');
  return new Map(modules);
}

function probeOf(
  name: string,
  modules: ReadonlyMap<string, SourceNode> | undefined,
  { ledger, to }: ExporterReading,
): Probe | { readonly why: string } {
  const node = modules?.get(name);
  if (node === undefined) {
    const usual = modules === undefined ? shipped(name) : undefined;
    return (
      usual ?? {
        why: 'what its module does stands in the configuration of `blackbox_exporter`: lay that beside this one, and import again',
      }
    );
  }
  const fatal: string[] = [];
  ledger.forgotten(node);
  const probe = moduleOf(node, { ledger, to, fatal });
  if (probe !== undefined && fatal.length === 0) return probe;
  ledger.impossible(node, fatal.join('; '));
  return { why: fatal.join('; ') };
}
