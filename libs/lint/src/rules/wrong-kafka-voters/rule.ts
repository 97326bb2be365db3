import { text } from '@lgtm-fleet/manifests';
import type { Report, Rule } from '../../types.ts';
import { brokersOf, within, type Brokers, type Word } from '../../view/kafka.ts';

const KEY = 'controller.quorum.voters';

export const rule: Rule = {
  meta: {
    id: 'wrong-kafka-voters',
    family: 'kafka',
    severity: 'error',
    description: "The list of Kafka's controllers is not the list of its pods.",
    why: 'Voters that do not exist count as failed, so the quorum is lost early or never found; pods that are not in the list do not start.',
    source: 'https://kafka.apache.org/documentation/#kraft_voter',
  },
  *cluster(cluster) {
    for (const brokers of brokersOf(cluster)) {
      const voters = brokers.properties.get(KEY);
      const isController = brokers.properties.get('process.roles')?.value.split(',').includes('controller');
      if (voters !== undefined && isController === true) yield* check(brokers, voters);
    }
  },
};

function* check({ workload, count, properties }: Brokers, voters: Word): Iterable<Report> {
  const listed = voters.value.split(',').map((voter) => /^(\d+)@([^:]+):(\d+)$/.exec(voter.trim()));
  if (listed.length !== count) {
    yield {
      place: voters.place,
      message: `\`${KEY}\` names ${String(listed.length)} controllers, but \`${workload.name}\` has ${String(count)} pods`,
      help: 'name each pod once; the number of controllers of a Kafka that exists is changed with its own tools only',
    };
  }
  const service = text(workload.manifest.body, 'spec', 'serviceName') ?? '';
  const name = properties.get('controller.listener.names')?.value ?? 'CONTROLLER';
  const listener = listeners(properties.get('listeners')?.value).get(name);
  for (const voter of listed) {
    const [all, id = '', host = '', port] = voter ?? [];
    const expected = `${workload.name}-${id}.${service}`;
    const named = host === expected || host.startsWith(`${expected}.`);
    const listens = listener === undefined || port === listener;
    if (all !== undefined && named && listens) continue;
    yield {
      place: within(voters, all ?? voters.value),
      message:
        all !== undefined && named
          ? `the voter \`${all}\` is not on port ${listener ?? ''}, where controllers listen`
          : `the voter \`${all ?? voters.value}\` is no pod of \`${workload.name}\``,
      help: `write \`<id>@${workload.name}-<id>.${service}.${workload.namespace}.svc.<domain>:${listener ?? '<port>'}\``,
    };
  }
}

/** Ports by the name of the listener: of `CLIENTS://:9092,CONTROLLER://:9093`. */
function listeners(value: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    [...(value ?? '').matchAll(/(\w+):\/\/[^:,]*:(\d+)/g)].map(([, name = '', port = '']) => [name, port] as const),
  );
}
