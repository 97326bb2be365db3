import { run } from './run.ts';
import type { Answered, Asked } from './starter.ts';

// Started by `openStarter`; ends when that one closes, or is gone.
process.on('message', ({ id, command, args }: Asked) => {
  void run(command, args).then((ended) => {
    if (process.connected) process.send?.({ id, ended } satisfies Answered);
  });
});
