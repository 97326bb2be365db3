export { clusterPage } from './cluster-page.ts';
export { mermaid } from './mermaid.ts';
export { planJson, planTable } from './plan-table.ts';
