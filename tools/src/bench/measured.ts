/** What one process of `bench` says of itself. */
export interface Measured {
  /** From the start of the process until everything is loaded. */
  readonly startSeconds: number;
  readonly generateSeconds: number;
  /** Of what comes after the generation: rendering, or rendering and linting. */
  readonly secondSeconds: number;
  /** Resources that were linted; 0 where none were. */
  readonly resources: number;
  /** Of the linter's own part, behind Kustomize: reading the manifests, all rules, the places in the sources. */
  readonly lintSeconds: number;
  /** High-water mark of this process; Kustomize's processes are not in it. */
  readonly peakMiB: number;
}
