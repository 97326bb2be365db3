import { configBlocks } from './config-blocks.ts';
import { discovery } from './discovery.ts';
import { loki } from './loki.ts';
import { other } from './other.ts';
import { otelcolExporters } from './otelcol-exporters.ts';
import { otelcolProcessors } from './otelcol-processors.ts';
import { otelcolReceivers } from './otelcol-receivers.ts';
import { prometheusExporters } from './prometheus-exporters.ts';
import { prometheus } from './prometheus.ts';
import { readCatalogue } from './read.ts';
import { shapes } from './shapes.ts';

/** The release of Alloy that the catalogue describes. */
export const alloyRelease = '1.18.1';

/**
 * Every component of the release with its arguments, blocks and exports, whatever its stability: read off
 * the `alloy:"…"` tags of the argument and export structs in `internal/component` of the sources at v1.18.1.
 */
export const components = readCatalogue(
  [discovery, loki, prometheus, prometheusExporters, otelcolReceivers, otelcolProcessors, otelcolExporters, other].join(
    '\n',
  ),
  shapes,
);

/** Blocks that are no components, from `internal/nodeconf`, `internal/runtime` and `internal/service`. */
export const configurationBlocks = readCatalogue(configBlocks, shapes);

/** Roots of names that the language itself provides (`syntax/internal/stdlib`), and `module_path` in a module. */
export const standardNames: ReadonlySet<string> = new Set(
  (
    'array base64_decode coalesce concat constants convert encoding env file format join json_decode json_path ' +
    'module_path nonsensitive replace split string sys to_lower to_upper trim trim_prefix trim_space trim_suffix ' +
    'yaml_decode'
  ).split(' '),
);
