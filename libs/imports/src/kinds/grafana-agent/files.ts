import type { SourceFile } from '@lgtm-fleet/spec';
import type { Inputs } from '../../core/draft.ts';
import { child, isMap } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';

/** Parts of a configuration, and their names before version 0.30. */
export const PARTS = { metrics: 'prometheus', logs: 'loki', traces: 'tempo', integrations: 'integrations' } as const;
const MAIN = /(?:^|\n)(?:metrics|logs|traces|integrations|prometheus|loki|tempo|agent_management|server):/;
/** A block of flow mode: `prometheus.scrape "default" {`. */
const FLOW = /(?:^|\n)[a-z]+(?:\.[a-z_0-9]+)+(?: "[^"\n]*")? *\{/;

/** Every configuration of static mode among the inputs, of a single file whatever it is. */
export function configurations({ files, ledger }: Inputs): readonly SourceNode[] {
  return files.flatMap((file) => {
    if (isFlow(file)) {
      refuseFlow(file, ledger);
      return [];
    }
    if (files.length > 1 && !(/\.ya?ml$/.test(file.path) && MAIN.test(file.text))) return [];
    const [root, ...others] = ledger.documents(file);
    for (const other of others) ledger.impossible(other, 'an agent reads one document: give each a file of its own');
    return root !== undefined && isAgent(root) ? [root] : [];
  });
}

function isFlow({ path, text }: SourceFile): boolean {
  return /\.(?:river|alloy)$/.test(path) || (!/\.(?:ya?ml|json)$/.test(path) && FLOW.test(text));
}

function refuseFlow(file: SourceFile, ledger: Inputs['ledger']): void {
  const at = FLOW.exec(file.text)?.index ?? 0;
  const start = file.text.charAt(at) === '\n' ? at + 1 : at;
  ledger.refuse(
    {
      id: 'flow-mode',
      severity: 'error',
      message: 'it is of flow mode, which is the language of Alloy: import it with `--as alloy`',
      file: file.path,
      span: { start, end: start + 1 },
      help: 'this kind reads static mode, which is YAML',
    },
    file.text,
  );
}

function isAgent(root: SourceNode): boolean {
  return isMap(root) && [...Object.keys(PARTS), ...Object.values(PARTS)].some((key) => child(root, key) !== undefined);
}

/** A part of a configuration, by the name that it has or had. */
export function partOf(root: SourceNode, part: keyof typeof PARTS): SourceNode | undefined {
  return child(root, part) ?? child(root, PARTS[part]);
}
