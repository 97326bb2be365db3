// Made by `UPDATE=1 vitest run libs/queries/src/catalogues` from catalogues/tempo-vulture.txt.
export const tempoVulture = `
tempo_vulture_error_total tempo_vulture_trace_error_total tempo_vulture_trace_total
`;
