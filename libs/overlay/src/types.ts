/** Files by their path from the repository's root, always with `/`; what a generator run writes. */
export type FileTree = ReadonlyMap<string, string>;
