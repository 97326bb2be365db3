import { describe, expect, test } from 'vitest';
import { importFrom, type Imported } from '../../core/import.ts';
import { parse } from '@lgtm-fleet/spec';
import { alloy } from './kind.ts';

function read(files: Readonly<Record<string, string>>): Imported {
  return importFrom(alloy, {
    cluster: 'moved',
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
  });
}

function specOf(imported: Imported) {
  const parsed = parse(imported.draft);
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  return parsed.value.cluster.spec;
}

/** What is said of a key: its outcome, and why or where it went. */
function saidOf({ entries }: Imported, path: string): readonly (readonly [string, string | undefined])[] {
  return entries
    .filter((entry) => entry.path === path)
    .map(({ outcome, mark }) => [outcome, mark?.note ?? mark?.to] as const);
}

const STORE = 'prometheus.remote_write "home" {\n\tendpoint {\n\t\turl = "https://metrics.example/push"\n\t}\n}\n';

describe('wiring', () => {
  const chain = read({
    'config.alloy': `
discovery.relabel "second" {
	targets = discovery.relabel.first.output
	rule {
		target_label = "b"
		replacement  = "2"
	}
}
discovery.relabel "first" {
	targets = [{"__address__" = "a.example:1"}]
	rule {
		target_label = "a"
		replacement  = "1"
	}
}
prometheus.scrape "app" {
	targets    = array.concat(discovery.relabel.second.output, [{"__address__" = "b.example:1"}])
	forward_to = [prometheus.relabel.outer.receiver]
}
prometheus.relabel "outer" {
	rule {
		regex  = "x"
		action = "labeldrop"
	}
	forward_to = [prometheus.relabel.inner.receiver]
}
prometheus.relabel "inner" {
	rule {
		regex  = "y"
		action = "labeldrop"
	}
	forward_to = [prometheus.remote_write.home.receiver]
}
${STORE}`,
  });

  test('takes steps in the order of the way, whatever the order of the file', () => {
    const [first, second] = specOf(chain).ingest.sources;
    expect(first?.static?.targets).toEqual(['a.example:1']);
    expect(first?.relabel.map(({ targetLabel }) => targetLabel)).toEqual(['a', 'b']);
    expect(first?.metricRelabel.map(({ regex }) => regex)).toEqual(['x', 'y']);
    // What joined the way later has none of the steps before.
    expect(second?.static?.targets).toEqual(['b.example:1']);
    expect(second?.relabel).toEqual([]);
  });

  test('keeps the job that series have: the id of the component', () => {
    expect(specOf(chain).ingest.sources.map(({ name, job }) => [name, job])).toEqual([
      ['app', 'prometheus.scrape.app'],
      ['app-2', 'prometheus.scrape.app'],
    ]);
  });

  test('ends where it leads into itself', () => {
    const imported = read({
      'config.alloy':
        'discovery.relabel "a" {\n\ttargets = discovery.relabel.b.output\n}\ndiscovery.relabel "b" {\n\ttargets = discovery.relabel.a.output\n}\nprometheus.scrape "x" {\n\ttargets = discovery.relabel.a.output\n\tforward_to = []\n}\n',
    });
    expect(specOf(imported).ingest.sources).toEqual([]);
    expect(saidOf(imported, 'prometheus.scrape.x.targets')[0]?.[0]).toBe('impossible');
  });
});

describe('values that Alloy works out', () => {
  const imported = read({
    'config.alloy': `
local.file "list" {
	filename = "/etc/alloy/list.yml"
}
prometheus.scrape "a" {
	targets         = [{"__address__" = string.format("%s:%d", string.to_lower("A.example"), 9100)}]
	scrape_interval = coalesce("", "45s")
	metrics_path    = "/me" + "trics/x"
	params          = {"t" = [sys.env("T")]}
	forward_to      = [prometheus.remote_write.home.receiver]
}
prometheus.scrape "b" {
	targets    = yaml_decode(local.file.list.content)
	forward_to = [prometheus.remote_write.home.receiver]
}
prometheus.scrape "c" {
	targets    = json_path(local.file.list.content, "$.x")
	forward_to = [prometheus.remote_write.home.receiver]
}
${STORE}`,
    'list.yml': '- { __address__: "b.example:1", zone: z }\n',
  });

  test('are worked out where nothing but the file is needed', () => {
    const [a, b] = specOf(imported).ingest.sources;
    expect(a?.interval).toBe(45);
    expect(a?.static).toMatchObject({ targets: ['a.example:9100'], path: '/metrics/x' });
    expect(b?.labels).toEqual({ zone: 'z' });
    expect(saidOf(imported, '[0].zone')).toEqual([['carried', 'ingest.sources[b].static.labels']]);
  });

  test('are said to be unknown where they are not', () => {
    expect(saidOf(imported, 'prometheus.scrape.a.params.t[0]')).toEqual([
      [
        'impossible',
        'its value is not known here: it is a variable of the environment of Alloy: write its value there',
      ],
    ]);
    expect(saidOf(imported, 'prometheus.scrape.c.targets')[0]?.[0]).toBe('impossible');
    expect(specOf(imported).ingest.sources.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('modules', () => {
  test('are written out for each instance, with what it is given', () => {
    const imported = read({
      'config.alloy': `
import.string "text" {
	content = \`declare "probe" {
		argument "address" { }
		export "targets" {
			value = [{"__address__" = argument.address.value, "via" = "module"}]
		}
	}\`
}
text.probe "one" {
	address = "one.example:1"
}
text.probe "two" {
	address = "two.example:2"
}
prometheus.scrape "probes" {
	targets    = concat(text.probe.one.targets, text.probe.two.targets)
	forward_to = [prometheus.remote_write.home.receiver]
}
${STORE}`,
    });
    expect(specOf(imported).ingest.sources.map(({ static: fixed, labels }) => [fixed?.targets, labels])).toEqual([
      [['one.example:1', 'two.example:2'], { via: 'module' }],
    ]);
    expect(saidOf(imported, 'text.probe.one.address')).toEqual([['carried', 'ingest.sources[probes].static']]);
  });

  test('that grow beyond anything are given up in time', () => {
    const level = (at: number): string =>
      `declare "m${at}" {\n\targument "x" { }\n\tm${at + 1} "a" { x = concat(argument.x.value, argument.x.value) }\n\tm${at + 1} "b" { x = concat(argument.x.value, argument.x.value) }\n}\n`;
    const levels = Array.from({ length: 9 }, (_, at) => level(at)).join('');
    const last =
      'declare "m9" {\n\targument "x" { }\n\tprometheus.scrape "s" {\n\t\ttargets = argument.x.value\n\t\tforward_to = []\n\t}\n}\n';
    const before = performance.now();
    const imported = read({ 'config.alloy': `${levels}${last}m0 "go" { x = [{"__address__" = "a.example:1"}] }\n` });
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(imported.entries.length).toBeGreaterThan(0);
  });

  test('that import themselves are given up', () => {
    const imported = read({
      'config.alloy': 'import.file "me" {\n\tfilename = "config.alloy"\n}\nme.nothing "x" { }\n',
    });
    expect(saidOf(imported, 'me.nothing.x')[0]?.[0]).toBe('impossible');
  });
});

test('a credential in an expression is in no message', () => {
  const imported = read({
    'config.alloy': `prometheus.scrape "a" {\n\ttargets = json_path("do-not-copy", "do-not-copy")\n\tforward_to = []\n}\n`,
  });
  expect(JSON.stringify(imported.entries)).not.toContain('do-not-copy');
});
