export { dashboardsOf, pagesOf, type PlannedDashboard } from './dashboards.ts';
export { type Folder, folders } from './folders.ts';
export { panelQueries, type PanelQuery } from './panel-queries.ts';
export type { Dashboard, Panel, RowPanel } from './sdk.ts';
export type { FolderName, Page } from './types.ts';
