/** How rules come into the ruler, which reads no file of the repository. */
export const LOAD_RULES =
  'Rules come into the rulers from `clusters/<name>/rules/<tenant>/metrics/`: move the files there. Or through the gateway, as the tenant: `mimirtool rules load --address=<gateway> --id=main --user=main --key=<its password> clusters/<name>/rules/*.yaml`';
