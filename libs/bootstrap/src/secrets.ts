import type { Plan, SecretPlan } from '@lgtm-fleet/plan';
import type { Finding } from './facts.ts';
import { gatewayLists } from './gateway-lists.ts';
import { knownValues, SHOWN } from './holders.ts';

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
  /** Keys that go. */
  readonly removed?: readonly string[];
}

export interface SecretPlanning {
  /** Nothing of it may be printed. */
  readonly changes: readonly SecretChange[];
  /** What keeps the Secrets from being made, and keys that nobody but a person knows. Names only, no values. */
  readonly findings: readonly Finding[];
}

/** Keys that are made here from passwords and tokens, so that nobody gives them. */
const LISTS: readonly string[] = ['gateway-credentials/htpasswd', 'gateway-credentials/tokens'];

/**
 * What must be written so that every Secret of the plan has all its keys. A value that is there is never changed;
 * what grows are the gateway's lists of hashes and tokens, by a line for whoever is new.
 */
export function planSecretChanges(plan: Plan, inputs: SecretInputs): SecretPlanning {
  if (plan.secretSource.kind !== 'bootstrap') return { changes: [], findings: unapplied(plan, inputs.present) };
  const known = knownValues(plan, inputs);
  const findings: Finding[] = [...known.findings, ...strangers(plan, inputs.given)];
  const missing = new Set<string>();
  const changes: SecretChange[] = [];
  for (const secret of plan.secrets) {
    const { namespace, name } = secret;
    const present = inputs.present.get(`${namespace}/${name}`);
    const values: Record<string, string> = {};
    for (const key of secret.keys) {
      if (has(present, key) || LISTS.includes(`${name}/${key}`)) continue;
      const shown = SHOWN.includes(name) ? known.values.get(key) : undefined;
      const value = shown ?? copied(inputs, secret, key) ?? valueOf(plan, secret, key, inputs);
      if (value !== undefined) values[key] = value;
      else if (!known.explained.has(key)) missing.add(`${name}/${key}`);
    }
    if (name === 'gateway-credentials') {
      const lists = gatewayLists(plan, present, known.values, inputs.salt);
      findings.push(...lists.findings);
      Object.assign(values, lists.values);
    }
    if (Object.keys(values).length > 0) changes.push({ namespace, name, exists: present !== undefined, values });
  }
  if (missing.size > 0) findings.push(missingFinding(plan, [...missing]));
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

/** What the Secret of the same name in the other namespace has: one certificate serves both. */
function copied({ present }: SecretInputs, { name }: SecretPlan, key: string): string | undefined {
  return ['observability', 'monitoring']
    .map((namespace) => present.get(`${namespace}/${name}`)?.[key])
    .find((value) => value !== undefined && value !== '');
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
    message: `only a person can know ${list}${plan.hub === undefined ? '' : `; what tenants show is as at its hub, ${plan.hub}`}`,
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

/** What was given and nothing reads: most likely a slip of the pen. */
function strangers(plan: Plan, given: ReadonlyMap<string, string>): readonly Finding[] {
  const known = new Set(plan.secrets.flatMap(({ name, keys }) => keys.map((key) => `${name}/${key}`)));
  return [...given.keys()]
    .filter((each) => !known.has(each) || LISTS.includes(each))
    .map((each) => ({
      id: 'unknown-secret',
      severity: 'error',
      message: `nothing of ${plan.cluster} reads a secret '${each}' from a person`,
      help: `there is ${[...known]
        .filter((one) => !LISTS.includes(one))
        .toSorted()
        .join(', ')}`,
    }));
}

function has(values: SecretValues | undefined, key: string): boolean {
  return values?.[key] !== undefined && values[key] !== '';
}
