import type { SourceFile } from '@lgtm-fleet/spec';
import { child, itemsOf, textOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { readAgent } from './agent/config.ts';
import { readDashboard } from './boards/dashboards.ts';
import { monitorsIn, readMonitors } from './boards/monitors.ts';
import { objects } from './boards/objects.ts';
import { readSynthetics, testsIn } from './boards/synthetics.ts';
import { readCheckFile } from './checks/file.ts';
import type { DatadogContext, Part } from './context.ts';
import { readDatadogAgent } from './kubernetes/operator.ts';
import { isValues, readValues } from './kubernetes/values.ts';

const DATA = /\.(?:ya?ml|json)(?:\.default)?$/;
const AGENT =
  /(?:^|\/)(?:datadog|datadog-cluster|datadog-agent|system-probe|security-agent|process|trace-agent)\.ya?ml$/;
/** Values inside what installs the chart: Flux and Argo CD. */
const INSTALLERS = [
  ['spec', 'values'],
  ['spec', 'source', 'helm', 'valuesObject'],
] as const;

/** Reads every document of a file that is of Datadog. */
export function readFile(file: SourceFile, context: DatadogContext): readonly Part[] {
  const { ledger } = context;
  if (/\.example$/.test(file.path)) {
    ledger.carried(ledger.whole(file), 'nothing: it is an example, which the agent does not read');
    return [];
  }
  if (!DATA.test(file.path)) {
    if (/\.py$/.test(file.path))
      ledger.impossible(
        ledger.whole(file),
        'checks that are written in Python do not run: serve Prometheus metrics, and name them in a source of kind `static`',
      );
    return [];
  }
  return ledger.documents(file).flatMap((document) => readDocument(document, file, context));
}

function readDocument(document: SourceNode, file: SourceFile, context: DatadogContext): readonly Part[] {
  const { ledger } = context;
  const check = checkOf(file.path);
  if (check !== undefined) return [{ sources: readCheckFile(document, check, context) }];
  const kind = textOf(child(document, 'kind')) ?? '';
  if (kind.endsWith('List') && child(document, 'items') !== undefined) {
    for (const key of ['apiVersion', 'kind', 'metadata'])
      ledger.carried(child(document, key), 'nothing: it only holds the list');
    return itemsOf(child(document, 'items')).flatMap((item) => readDocument(item, file, context));
  }
  if (kind === 'DatadogAgent' || kind === 'DatadogAgentInternal') return [readDatadogAgent(document, file, context)];
  const object = objects.get(kind);
  if (object !== undefined) return [object(document, file, context)];
  const wrapped = INSTALLERS.map((path) => child(document, ...path)).find((values) => values !== undefined);
  if (wrapped !== undefined && isValues(wrapped)) {
    ledger.carried(document, 'nothing: it is how the chart was installed');
    ledger.forgotten(wrapped);
    return [readValues(wrapped, file, context)];
  }
  if (AGENT.test(file.path)) return [readAgent(document, file, context)];
  if (isValues(document)) return [readValues(document, file, context)];
  if (monitorsIn(document).length > 0) return [readMonitors(document, file, context)];
  if (testsIn(document).length > 0) return [readSynthetics(document, file, context)];
  if (itemsOf(child(document, 'widgets')).length > 0) return [readDashboard(document, file, context)];
  if (child(document, 'instances') !== undefined && child(document, 'init_config') !== undefined)
    return [{ sources: readCheckFile(document, baseOf(file.path), context) }];
  if (['api_key', 'logs_enabled', 'apm_config', 'dogstatsd_port'].some((key) => child(document, key) !== undefined))
    return [readAgent(document, file, context)];
  return [];
}

/** The check that a file of `conf.d` is of; nothing where it is another file. */
export function checkOf(path: string): string | undefined {
  const [, folder] = /(?:^|\/)([\w.-]+)\.d\/[^/]+$/.exec(path) ?? [];
  if (folder !== undefined && folder !== 'conf') return folder;
  return /(?:^|\/)conf\.d\/[^/]+$/.test(path) ? baseOf(path) : undefined;
}

function baseOf(path: string): string {
  return (
    path
      .split('/')
      .at(-1)
      ?.replace(/\.ya?ml(?:\.default)?$/, '') ?? ''
  );
}
