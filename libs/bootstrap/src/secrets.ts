import type { Plan, SecretPlan } from '@lgtm-fleet/plan';
import type { Finding } from './facts.ts';
import { htpasswdLine, linesByUser, takes } from './htpasswd.ts';

/** Values of a Secret by their key, decoded. */
export type SecretValues = Readonly<Record<string, string>>;

export interface SecretInputs {
  /** Secrets that exist, by `namespace/name`. */
  readonly present: ReadonlyMap<string, SecretValues>;
  /** What a person gave, by `name/key`. */
  readonly given: ReadonlyMap<string, string>;
  /** A new password: letters and digits alone, since Grafana expands `$` in what it reads. */
  readonly password: () => string;
  readonly salt: () => Uint8Array;
}

/** What is to be written into one Secret; keys that are there and are not named here stay as they are. */
export interface SecretChange {
  readonly namespace: string;
  readonly name: string;
  readonly exists: boolean;
  readonly values: SecretValues;
}

export interface SecretPlanning {
  /** Nothing of it may be printed. */
  readonly changes: readonly SecretChange[];
  /** What keeps the Secrets from being made, and keys that nobody but a person knows. Names only, no values. */
  readonly findings: readonly Finding[];
}

/**
 * What must be written so that every Secret of the plan has all its keys. A value that is there is never changed;
 * the one thing that grows is the gateway's list of hashes, by a line for a new tenant.
 */
export function planSecretChanges(plan: Plan, inputs: SecretInputs): SecretPlanning {
  if (plan.secretSource.kind !== 'bootstrap') return { changes: [], findings: unapplied(plan, inputs.present) };
  const passwords = tenantPasswords(plan, inputs);
  const findings: Finding[] = [...passwords.findings, ...strangers(plan, inputs.given)];
  const missing: string[] = [];
  const changes: SecretChange[] = [];
  for (const secret of plan.secrets) {
    const present = inputs.present.get(`${secret.namespace}/${secret.name}`);
    const values: Record<string, string> = {};
    if (secret.name === 'gateway-credentials') {
      const written = htpasswd(plan, present?.['htpasswd'] ?? '', passwords.known, inputs.salt);
      findings.push(...written.findings);
      if (written.text !== undefined) values['htpasswd'] = written.text;
    } else
      for (const key of secret.keys) {
        if (has(present, key)) continue;
        const value =
          secret.name === 'tenant-credentials' ? passwords.known.get(key) : valueOf(plan, secret, key, inputs);
        if (value !== undefined) values[key] = value;
        else if (secret.name !== 'tenant-credentials' || plan.role === 'edge') missing.push(`${secret.name}/${key}`);
      }
    if (Object.keys(values).length > 0)
      changes.push({ namespace: secret.namespace, name: secret.name, exists: present !== undefined, values });
  }
  if (missing.length > 0) findings.push(missingFinding(plan, missing));
  return { changes, findings };
}

/** What a person encrypted by SOPS he also applies: nobody else can, and pods would wait for it. */
function unapplied(plan: Plan, present: SecretInputs['present']): readonly Finding[] {
  if (plan.secretSource.kind !== 'sops') return [];
  return plan.secrets.flatMap(({ name, namespace, keys }): readonly Finding[] => {
    const there = present.get(`${namespace}/${name}`);
    const absent = keys.filter((key) => !has(there, key));
    if (absent.length === 0) return [];
    return [
      {
        id: 'secret-not-applied',
        severity: 'error',
        message:
          there === undefined
            ? `the cluster has no Secret ${name} in namespace ${namespace}`
            : `Secret ${name} in namespace ${namespace} lacks ${absent.join(', ')}`,
        help: `decrypt it from clusters/${plan.cluster}/secrets/ and apply it: sops --decrypt FILE | kubectl apply --filename=-`,
      },
    ];
  });
}

/** Name of the environment variable that gives `grafana-oidc/client-secret`. */
export function variableOf(nameAndKey: string): string {
  return `LGTM_FLEET_${nameAndKey.replaceAll(/[^A-Za-z0-9]/g, '_').toUpperCase()}`;
}

function missingFinding(plan: Plan, missing: readonly string[]): Finding {
  const first = missing[0] ?? '';
  const list = missing.map((each) => `${each} (or ${variableOf(each)})`).join(', ');
  return {
    id: 'missing-secret',
    severity: 'error',
    message: `only a person can know ${list}${plan.hub === undefined ? '' : `; the passwords are those of its hub, ${plan.hub}`}`,
    help: `give each in a file, --secret ${first}=@FILE, or in its environment variable`,
  };
}

/** What can be made up: the administrator of a Grafana that is new, the keys of a store that is ours. */
function valueOf(plan: Plan, { name }: SecretPlan, key: string, inputs: SecretInputs): string | undefined {
  const given = inputs.given.get(`${name}/${key}`);
  if (given !== undefined) return given;
  if (name === 'grafana-admin') return key === 'username' ? 'admin' : inputs.password();
  const ownStore = plan.components.some((component) => component.name === 'seaweedfs');
  return name === 'object-storage' && ownStore ? inputs.password() : undefined;
}

interface Passwords {
  readonly known: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** One password for each tenant, the same in both namespaces; a hub makes up those that are new. */
function tenantPasswords(plan: Plan, { present, given, password }: SecretInputs): Passwords {
  const known = new Map<string, string>();
  const findings: Finding[] = [];
  const hashes = linesByUser(present.get('observability/gateway-credentials')?.['htpasswd'] ?? '');
  for (const { name } of plan.tenants) {
    const there = ['observability', 'monitoring']
      .map((namespace) => present.get(`${namespace}/tenant-credentials`)?.[name])
      .filter((value) => value !== undefined && value !== '');
    const line = hashes.get(name);
    const candidate = there[0] ?? given.get(`tenant-credentials/${name}`);
    if (there.length === 2 && there[0] !== there[1])
      findings.push({
        id: 'unequal-passwords',
        severity: 'error',
        message: `the password of tenant ${name} is not the same in Secret tenant-credentials of observability and of monitoring`,
        help: 'remove the key from the wrong one and run this again: it is copied from the other',
      });
    else if (candidate !== undefined) {
      known.set(name, candidate);
      if (line !== undefined && takes(line, candidate) === false)
        findings.push({
          id: 'stale-hash',
          severity: 'error',
          message: `the gateway would refuse tenant ${name}: its line in Secret gateway-credentials is not of its password`,
          help: 'remove the line and run this again: it is made from the password',
        });
    } else if (line !== undefined)
      findings.push({
        id: 'lost-password',
        severity: 'error',
        message: `Secret gateway-credentials has the hash of tenant ${name}, and Secret tenant-credentials has no password for it`,
        help: `give it, --secret tenant-credentials/${name}=@FILE, or remove the line for a new one`,
      });
    else if (plan.role === 'hub') known.set(name, password());
  }
  return { known, findings };
}

/** The whole new text, or none where every tenant has its line. */
function htpasswd(
  plan: Plan,
  present: string,
  passwords: ReadonlyMap<string, string>,
  salt: () => Uint8Array,
): { readonly text?: string; readonly findings: readonly Finding[] } {
  const lines = linesByUser(present);
  const added = plan.tenants.flatMap(({ name }) => {
    const password = passwords.get(name);
    return lines.has(name) || password === undefined ? [] : [htpasswdLine(name, password, salt())];
  });
  const gone = [...lines.keys()].filter((user) => !plan.tenants.some(({ name }) => name === user));
  const findings = gone.map((user): Finding => ({
    id: 'extra-user',
    severity: 'note',
    message: `Secret gateway-credentials still lets in '${user}', which is no tenant any more`,
    help: 'remove its line when nobody uses it',
  }));
  if (added.length === 0) return { findings };
  const kept = present === '' || present.endsWith('\n') ? present : `${present}\n`;
  return { text: `${kept}${added.join('\n')}\n`, findings };
}

/** What was given and nothing reads: most likely a slip of the pen. */
function strangers(plan: Plan, given: ReadonlyMap<string, string>): readonly Finding[] {
  const known = new Set(plan.secrets.flatMap(({ name, keys }) => keys.map((key) => `${name}/${key}`)));
  return [...given.keys()]
    .filter((each) => !known.has(each) || each === 'gateway-credentials/htpasswd')
    .map((each) => ({
      id: 'unknown-secret',
      severity: 'error',
      message: `nothing of ${plan.cluster} reads a secret '${each}' from a person`,
      help: `there is ${[...known]
        .filter((one) => one !== 'gateway-credentials/htpasswd')
        .toSorted()
        .join(', ')}`,
    }));
}

function has(values: SecretValues | undefined, key: string): boolean {
  return values?.[key] !== undefined && values[key] !== '';
}
