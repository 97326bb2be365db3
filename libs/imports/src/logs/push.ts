import type { Drafted } from '../core/draft.ts';
import { child, entriesOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext } from './context.ts';
import { readStages } from './stages.ts';

/** A job that lets others push to it: they push to the gateway. */
export function senderOf(job: SourceNode, jobName: string, context: LogContext): Drafted {
  const { ledger, writer } = context;
  const own = writer(jobName);
  const to = `ingest.senders[${own}]`;
  ledger.changed(child(job, 'job_name'), `${to}.name`, 'who pushed here pushes to the gateway, at `exposure.ingest`');
  const push = child(job, 'loki_push_api');
  ledger.changed(child(push, 'server'), to, 'the gateway takes `/loki/api/v1/push` at the port of HTTPS');
  ledger.changed(child(push, 'max_send_msg_size'), to, 'the gateway decides how much comes at once');
  const kept = child(push, 'use_incoming_timestamp');
  if (textOf(kept) === 'true') ledger.carried(kept, to);
  else ledger.changed(kept, to, 'a line has the time that its sender says');
  for (const [, label] of entriesOf(child(push, 'labels')))
    ledger.impossible(label, 'lines have the labels that their sender puts on them: say it there');
  ledger.impossible(
    child(job, 'relabel_configs'),
    'lines have the labels that their sender puts on them: say it there',
  );
  readStages(child(job, 'pipeline_stages'), { ledger, place: 'sender', group: own });
  return {
    value: { name: own, writer: own, protocols: ['loki'] },
    origin: job,
    open: [
      {
        at: 'protocols',
        question:
          'who pushes: each sender is an entry of its own, with a writer of its own, where you want to tell them apart',
      },
    ],
  };
}
