import { folders, type Page } from '@lgtm-fleet/dashboards';

/** The page of the documents that shows all pictures. */
export function picturesPage(pages: readonly Page[]): string {
  const parts = folders.map(({ name, title }) => {
    const own = pages.filter(({ folder }) => folder === name);
    const shown = own.map(
      ({ uid, title: page, description }) => `### ${page}\n\n${description}\n\n![${page}](${uid}.svg)`,
    );
    return [`## ${title}`, ...shown].join('\n\n');
  });
  return `${[HEAD, ...parts].join('\n\n')}\n`;
}

const HEAD = `# Dashboards

Every hub gets these pages, made for what it runs, in three folders of Grafana. They are code (\`libs/dashboards\`): a test holds each query against what is collected, and another asks the real programs.

The pictures are drawn from the generated JSON by a small renderer (\`libs/report/src/pictures\`), and not by Grafana: panels stand where Grafana puts them, with their titles, kinds and units. Curves and numbers are answers of the real Loki, Mimir, Tempo, Prometheus and node-exporter under a little load, recorded in \`recorded.json\`; where nothing was recorded, for want of a cluster, the panel says so. After a change:

\`\`\`sh
RECORD=1 npx vitest run libs/resources/src/grafana/panels.program.test.ts
UPDATE=1 npx vitest run libs/report/src/pictures
\`\`\`

The first runs the programs and records; the second draws.`;
