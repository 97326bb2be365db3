import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as common from '@grafana/grafana-foundation-sdk/common';
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type * as logs from '@grafana/grafana-foundation-sdk/logs';
import type * as loki from '@grafana/grafana-foundation-sdk/loki';
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as tempo from '@grafana/grafana-foundation-sdk/tempo';
import type * as text from '@grafana/grafana-foundation-sdk/text';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type * as units from '@grafana/grafana-foundation-sdk/units';

/**
 * Grafana's own model of a dashboard, and the one file that names its SDK. Only its types: its builders take a tenth of
 * a second to load, at every start of every command, and write out defaults that Grafana has anyway.
 */

/** What JSON holds of a type of the SDK: the values of its enums, and no methods. */
type Plain<T> = T extends string
  ? `${T}`
  : T extends number
    ? `${T}` extends `${infer Value extends number}`
      ? Value
      : T
    : T extends boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Plain<Item>[]
        : { readonly [Key in keyof T as T[Key] extends Method ? never : Key]: Plain<T[Key]> };

type Method = (...given: never[]) => unknown;

/** A unit that Grafana has a form for. */
export type Unit = Extract<(typeof units)[keyof typeof units], string>;

export type Target =
  Plain<Omit<prometheus.Dataquery, 'scopes'>> | Plain<loki.dataquery> | Plain<Omit<tempo.Dataquery, 'filters'>>;

type FieldOptions = Plain<Omit<dashboard.FieldConfig, 'custom' | 'links' | 'actions' | 'mappings'>> & {
  readonly links?: readonly DataLink[];
  readonly mappings?: readonly Plain<dashboard.ValueMap>[];
};

/** A link of a point or a field; the model of the SDK is the one of links of a page. */
export interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank?: boolean;
}

export interface FieldOverride {
  readonly matcher: { readonly id: 'byName' | 'byRegexp' | 'byFrameRefID'; readonly options: string };
  readonly properties: readonly {
    readonly id: string;
    readonly value: string | number | boolean | readonly DataLink[] | { readonly [key: string]: string };
  }[];
}

interface Visualization<Type extends string, Options, Custom = never> {
  readonly type: Type;
  readonly options: Plain<Options>;
  readonly fieldConfig: {
    readonly defaults: FieldOptions & { readonly custom?: Plain<Custom> };
    readonly overrides: readonly FieldOverride[];
  };
}

type TableCells = Partial<Pick<common.TableFieldOptions, 'align' | 'filterable' | 'width'>>;

export type Visual =
  | Visualization<'timeseries', Partial<timeseries.Options>, timeseries.FieldConfig>
  | Visualization<'stat', Partial<stat.Options>>
  | Visualization<'bargauge', Partial<bargauge.Options>>
  | Visualization<'table', Partial<Omit<table.Options, 'footer'>>, TableCells>
  | Visualization<'logs', Partial<logs.Options>>
  | Visualization<'text', text.Options>
  | Visualization<'nodeGraph', object>;

export type Panel = Plain<
  Pick<dashboard.Panel, 'id' | 'title' | 'description' | 'datasource' | 'gridPos' | 'interval' | 'transformations'>
> & {
  readonly targets: readonly Target[];
  readonly links?: readonly DataLink[];
} & Visual;

export interface RowPanel {
  readonly type: 'row';
  readonly id: number;
  readonly title: string;
  readonly collapsed: boolean;
  readonly gridPos: Plain<dashboard.GridPos>;
  readonly panels: readonly never[];
}

export type Variable = Plain<Omit<dashboard.VariableModel, 'query'>> & {
  readonly query?: string | { readonly query: string; readonly refId: string };
};

type Page = Plain<
  Pick<
    // The newer form comes over the API; files of provisioning have this one.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    dashboard.Dashboard,
    'uid' | 'title' | 'description' | 'tags' | 'editable' | 'graphTooltip' | 'time' | 'refresh' | 'schemaVersion'
  >
>;

/** A whole dashboard, as a file that Grafana provisions. */
export type Dashboard = Required<Page> & {
  readonly timezone: 'browser' | 'utc';
  readonly links: readonly Partial<Plain<dashboard.DashboardLink>>[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly never[] };
  readonly panels: readonly (Panel | RowPanel)[];
};
