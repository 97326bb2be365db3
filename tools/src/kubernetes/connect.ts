import { KubeConfig } from '@kubernetes/client-node';
import { nearest, visible } from '@lgtm-fleet/diagnostics';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { isProblem, problem, type Problem } from '../workspace/problem.ts';
import { client, type Client } from './client.ts';
import { endSigningIn, signIn } from './credentials.ts';
import { isApiError } from './http.ts';

/** A client for the context, and what the server says its version is. */
export interface Connection {
  readonly client: Client;
  readonly config: KubeConfig;
  readonly version: string;
}

/** Who signs in may have to do so in a browser. */
const SIGN_IN_MS = 60_000;

/** Reads KUBECONFIG (or `~/.kube/config`), takes the context, signs in, and asks the server who it is. */
export async function connect(context: string | undefined, signInMs = SIGN_IN_MS): Promise<Connection | Problem> {
  const config = readConfig(context);
  if (isProblem(config)) return config;
  const connected = client(config);
  try {
    endSigningIn(config, signInMs);
    await signIn(config, signInMs);
    // A first word without patience: who mistyped an address should not wait.
    const quick = client(config, { timeoutMs: 15_000, pausesMs: [500, 1500] });
    const said = await quick.send({ method: 'GET', path: '/version' });
    const version = (said as { readonly gitVersion?: string }).gitVersion ?? '';
    return { client: connected, config, version };
  } catch (error) {
    return connectionProblem(error, connected);
  }
}

function readConfig(context: string | undefined): KubeConfig | Problem {
  const files = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  const paths = files.length > 0 ? files : [join(homedir(), '.kube/config')];
  const absent = paths.find((path) => !existsSync(path));
  if (absent !== undefined)
    return problem(
      `there is no cluster to talk to: ${visible(absent)} does not exist`,
      'set KUBECONFIG to the file that says where the cluster is; kind and k3d write one',
      1,
    );
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    return problem(
      `${visible(paths.join(delimiter))} is not a kubeconfig: ${visible(firstLine(error))}`,
      'repair it, or set KUBECONFIG to another',
      1,
    );
  }
  const names =
    (config.getContexts() as readonly { readonly name: string }[] | undefined)?.map(({ name }) => name) ?? [];
  // The library promises a string, and an empty file has none.
  const current = config.getCurrentContext() as unknown;
  const wanted = context ?? (typeof current === 'string' ? current : '');
  if (!names.includes(wanted)) {
    const meant = nearest(wanted, names);
    const there = names.length === 0 ? 'the kubeconfig has none' : `there is ${names.map(visible).join(', ')}`;
    return problem(
      context === undefined && wanted === ''
        ? 'the kubeconfig has no current context'
        : `the kubeconfig has no context '${visible(wanted)}'`,
      meant === undefined ? `${there}; name one with --context` : `did you mean '${visible(meant)}'?`,
      1,
    );
  }
  config.setCurrentContext(wanted);
  // As kubectl takes it: `kubectl proxy` listens without TLS.
  config.clusters = config.clusters.map((one) =>
    one.server.startsWith('http:') ? { ...one, skipTLSVerify: true } : one,
  );
  if (config.getCurrentCluster() === null)
    return problem(`context '${visible(wanted)}' names a cluster that the kubeconfig does not have`, undefined, 1);
  return config;
}

/**
 * What went wrong between here and the API server, in words.
 * @throws the error itself where it came neither from the server nor from the way to it
 */
export function connectionProblem(error: unknown, { context, server }: Pick<Client, 'context' | 'server'>): Problem {
  const at = `${visible(server)} (context '${visible(context)}')`;
  if (isApiError(error, 401))
    return problem(`${at} does not know you`, 'sign in again, or refresh the credentials of the kubeconfig', 1);
  if (isApiError(error, 403))
    return problem(`${at} forbids it: ${visible(error.message)}`, 'use a context of an administrator (--context)', 1);
  if (isApiError(error))
    return problem(`${at} answered ${String(error.status)}: ${visible(error.message)}`, undefined, 1);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known: Readonly<Record<string, readonly [string, string]>> = {
    ECONNREFUSED: ['nothing listens there', 'is the cluster running, and is this the right context? See --context'],
    ENOTFOUND: ['nobody knows that name', 'is the VPN up, and is this the right context? See --context'],
    EAI_AGAIN: ['nobody answers for that name', 'is the network up?'],
    ETIMEDOUT: ['it does not answer', 'is the VPN up, and may this machine reach the cluster?'],
    ESIGNIN: [firstLine(error), 'run the command of the user in the kubeconfig by hand: what does it wait for?'],
    EHOSTUNREACH: ['there is no way to it', 'is the network up?'],
    ENETUNREACH: ['there is no way to it', 'is the network up?'],
    ECONNRESET: ['it breaks the connection off', 'is it starting? Try again'],
    CERT_HAS_EXPIRED: ['its certificate has expired', 'renew the certificates of the cluster'],
    DEPTH_ZERO_SELF_SIGNED_CERT: [
      'its certificate is signed by nobody known',
      'see certificate-authority in the kubeconfig',
    ],
    SELF_SIGNED_CERT_IN_CHAIN: [
      'its certificate is signed by nobody known',
      'see certificate-authority in the kubeconfig',
    ],
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
      'its certificate is signed by nobody known',
      'see certificate-authority in the kubeconfig',
    ],
    ERR_TLS_CERT_ALTNAME_INVALID: [
      'its certificate is for another name',
      'see server and tls-server-name in the kubeconfig',
    ],
    ERR_SSL_SSL_TLSV1_ALERT_UNKNOWN_CA: [
      'it does not take the client certificate',
      'renew the credentials of the kubeconfig',
    ],
  };
  const [what, help] = known[code] ?? [firstLine(error), 'see the kubeconfig'];
  if (isOurs(error)) throw error;
  return problem(`cannot talk to ${at}: ${visible(what)}`, help, 1);
}

/** Thrown by this program by mistake, and not by the way to the cluster or what signs in there. */
function isOurs(error: unknown): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
