export { runbookFolder, runbookUrl } from './address.ts';
export { pagePath, runbookPages } from './pages.ts';
export { pageRenderer, type RenderedPage } from './render.ts';
export { type Runbook, runbooks, type RunbookName, runbooksOf } from './runbooks.ts';
export { wordsOf, type Words } from './words.ts';
