import { fromOpenApi, kinds, printJson, schemaPath, type Json } from '@lgtm-fleet/schemas';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { print, progress, type ExitCode } from '../console.ts';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';

export interface FetchSchemasOptions {
  /** Without it kubectl takes the one it takes by itself. */
  readonly kubeconfig?: string;
  readonly root?: string;
}

const folder = 'schemas/kubernetes';

/** Writes a strict JSON Schema for every kind, from what a running API server says of itself. */
export async function fetchSchemas(options: FetchSchemasOptions): Promise<ExitCode | Problem> {
  const workspace = openWorkspace(options.root);
  if (isProblem(workspace)) return workspace;
  const documents = new Map<string, Json>();
  const files = new Map<string, string>();
  const tell = progress(kinds.length, 'kinds:');
  for (const [index, kind] of kinds.entries()) {
    tell(index, kind.kind);
    try {
      const { apiVersion } = kind;
      const document = documents.get(apiVersion) ?? (await get(openApiPath(apiVersion), options.kubeconfig));
      documents.set(apiVersion, document);
      files.set(schemaPath(kind), printJson(fromOpenApi(document, kind)));
    } catch (error) {
      tell(kinds.length, '');
      const reason = error instanceof Error ? error.message : String(error);
      return problem(
        `no schema for ${kind.kind} in ${kind.apiVersion}: ${reason}`,
        `the cluster must be reachable and have the CRDs that ${folder}/README.md names`,
      );
    }
  }
  tell(kinds.length, '');
  // Everything has been fetched: a cluster that lacks something changes no file.
  for (const [path, text] of files) {
    const file = join(workspace.root, folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const version = (await get('/version', options.kubeconfig)) as { readonly gitVersion?: string };
  print(`${String(files.size)} schemas of Kubernetes ${version.gitVersion ?? '(unknown)'} in ${folder}`);
  return 0;
}

function openApiPath(apiVersion: string): string {
  return `/openapi/v3/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
}

async function get(path: string, kubeconfig: string | undefined): Promise<Json> {
  const args = ['get', '--raw', path, ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig])];
  try {
    const { stdout } = await promisify(execFile)('kubectl', args, { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 });
    return JSON.parse(stdout) as Json;
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new Error(stderr === undefined || stderr === '' ? (error as Error).message : stderr, { cause: error });
  }
}
