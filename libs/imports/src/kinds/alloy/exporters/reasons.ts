/** Why an argument of an exporter has no place in a source, said alike of all. */

export const OWN =
  'a source collects what this exporter does by itself, and no more: run an exporter of your own beside the server for this, and name it in a source of kind `static`';
export const FEWER = 'a source collects what this exporter does by itself: leave series out with `drop`';
export const SAME = 'how a server is asked is the same for all sources of this kind';
/** Why the loopback of another machine is no target. */
export const LOCAL =
  'it is the machine itself on which Alloy runs: say the address at which the cluster reaches it, or let it send by itself: a program with OTLP can, to the collector of `ingest.hosts`';
