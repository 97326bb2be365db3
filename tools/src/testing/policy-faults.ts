import { get, isObject, list, object, type Json, type JsonObject, type Manifest } from '@lgtm-fleet/manifests';

/** A NetworkPolicy with one fault; without a policy where it is gone altogether. */
export interface PolicyFault {
  readonly fault: string;
  readonly policy: Manifest;
  readonly faulty?: Manifest;
}

/** Everything that can be taken away from a policy or opened wider, one thing at a time. */
export function faultsOf(policy: Manifest): readonly PolicyFault[] {
  const spec = object(policy.body, 'spec');
  const made = (fault: string, changed: JsonObject): PolicyFault => ({
    fault: `${policy.namespace}/${policy.name}: ${fault}`,
    policy,
    faulty: { ...policy, body: { ...policy.body, spec: { ...spec, ...changed } } },
  });
  const rules = (['ingress', 'egress'] as const).flatMap((direction) => {
    const all = list(spec, direction);
    const side = direction === 'ingress' ? 'from' : 'to';
    return all.flatMap((rule, at) => {
      const put = (...rule: readonly Json[]): JsonObject => ({ [direction]: all.toSpliced(at, 1, ...rule) });
      const where = `${direction}/${String(at)}`;
      const own = object(rule);
      return [
        made(`${where} removed`, put()),
        ...['ports', side].flatMap((key) => [
          made(`all of ${where}/${key}`, put({ ...own, [key]: [] })),
          ...list(rule, key).flatMap((entry, index) => {
            const swap = (...entries: readonly Json[]): JsonObject =>
              put({ ...own, [key]: list(rule, key).toSpliced(index, 1, ...entries) });
            const place = `${where}/${key}/${String(index)}`;
            return [
              made(`${place} removed`, swap()),
              ...widened(object(entry)).map(([how, wider]) => made(`${place} ${how}`, swap(wider))),
            ];
          }),
        ]),
      ];
    });
  });
  const types = list(spec, 'policyTypes').filter((type) => typeof type === 'string');
  return [
    { fault: `${policy.namespace}/${policy.name}: removed`, policy },
    ...(Object.keys(object(spec, 'podSelector')).length > 0 ? [made('for every pod', { podSelector: {} })] : []),
    ...types
      // A role that calls nobody is shut by the default of its namespace all the same, and one type less than one is all.
      .filter((type) => policy.name === 'default-deny' || list(spec, type.toLowerCase()).length > 0)
      .filter(() => types.length > 1)
      .map((type) => made(`not about ${type}`, { policyTypes: types.filter((one) => one !== type) })),
    ...rules,
  ];
}

/** A port or a peer that takes more. */
function widened(entry: JsonObject): readonly (readonly [string, JsonObject])[] {
  const { port, podSelector, namespaceSelector, ipBlock, ...rest } = entry;
  return [
    ...(port === undefined
      ? []
      : [['every port', rest] as const, ['more ports', { ...entry, endPort: 65_535 }] as const]),
    ...(podSelector === undefined
      ? []
      : [['every pod', namespaceSelector === undefined ? { podSelector: {} } : { namespaceSelector }] as const]),
    ...(namespaceSelector === undefined
      ? []
      : [['every namespace', { namespaceSelector: {}, ...(podSelector !== undefined && { podSelector }) }] as const]),
    ...(isObject(ipBlock) && get(ipBlock, 'except') !== undefined
      ? [['without exceptions', { ipBlock: { cidr: get(ipBlock, 'cidr') ?? '' } }] as const]
      : []),
  ];
}
