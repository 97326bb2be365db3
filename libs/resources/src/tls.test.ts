import type { Plan } from '@lgtm-fleet/plan';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { describe, expect, it } from 'vitest';
import { checkFile } from './alloy-syntax/check.ts';
import { dataSourcesFile } from './grafana/data-source-model.ts';
import { dataSources } from './grafana/data-sources.ts';
import { grafanaSettings } from './grafana/settings-model.ts';
import { settings } from './grafana/settings.ts';
import { emitters } from './index.ts';
import { tempoConfig } from './tempo/config.ts';

const tls = { issuer: 'internal' };

/** Every configuration file of a cluster, by component and name. */
function textsOf(plan: Plan): ReadonlyMap<string, string> {
  const files = plan.components.flatMap((component) =>
    emitters[component.name](plan, component).configFiles.map(
      (file) => [`${component.name}/${file.name}`, file.form === 'text' ? file.text : stringify(file.value)] as const,
    ),
  );
  return new Map(files);
}

describe.each(['home-lab', 'startup', 'prod-eu'])('%s with TLS', (name) => {
  const plan = examplePlan(name, { tls });
  const texts = textsOf(plan);

  it('calls nothing over HTTP that is encrypted', () => {
    const encrypted = new Set(
      plan.connections.flatMap(({ encryption, service, port }) =>
        encryption === undefined || service === undefined ? [] : [`${service}:${String(port)}`],
      ),
    );
    expect(encrypted.size).toBeGreaterThan(3);
    for (const [file, text] of texts) {
      const plain = [...text.matchAll(/http:\/\/([\w-]+)\.[\w.-]+?:(\d+)/g)].map(
        ([, service, port]) => `${service!}:${port!}`,
      );
      expect(
        plain.filter((address) => encrypted.has(address)),
        file,
      ).toEqual([]);
    }
  });

  it('has only keys that Tempo, Grafana and Alloy know', () => {
    const tempo = plan.components.find((component) => component.name === 'tempo')!;
    const [file] = emitters.tempo(plan, tempo).configFiles;
    expect(file?.form === 'yaml' && tempoConfig.parse(file.value)).toEqual(file?.form === 'yaml' && file.value);
    expect(dataSourcesFile.parse(dataSources(plan))).toEqual(dataSources(plan));
    expect(grafanaSettings.parse(settings(plan, plan.grafana!)).server.protocol).toBe('https');
    for (const path of ['alloy/config.alloy', 'alloy-gateway/config.alloy'])
      expect(checkFile(texts.get(path) ?? ''), path).toEqual([]);
  });

  it('lets every data source check the gateway', () => {
    for (const { url, jsonData, secureJsonData } of dataSources(plan).datasources) {
      expect(url).toMatch(/^https:/);
      expect({ ...jsonData }).toMatchObject({ tlsAuthWithCACert: true });
      expect(secureJsonData.tlsCACert).toBe('$__file{/etc/tls/ca.crt}');
    }
  });

  it('writes no certificate and no key into a file', () => {
    for (const [file, text] of texts) expect(text, file).not.toMatch(/BEGIN (?:CERTIFICATE|[A-Z ]*PRIVATE KEY)/);
  });
});
