/** Every store's objects are apart: Mimir refuses to start otherwise, and compactors would eat each other's blocks. */
export function bucketNames(prefix: string) {
  return {
    loki: `${prefix}-loki`,
    lokiRuler: `${prefix}-loki-ruler`,
    mimirBlocks: `${prefix}-mimir-blocks`,
    mimirRuler: `${prefix}-mimir-ruler`,
    mimirAlertmanager: `${prefix}-mimir-alertmanager`,
    tempo: `${prefix}-tempo`,
  } as const;
}
