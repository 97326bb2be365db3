import type { Plan } from '@lgtm-fleet/plan';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../alloy-syntax/check.ts';
import { parseFile, type ParsedBlock } from '../alloy-syntax/parse.ts';
import { componentPlan, plan, tenant } from './plan.fixture.ts';
import { alloy } from './resources.ts';

function config(of: Plan): string {
  const [file] = alloy(of, componentPlan({})).configFiles;
  return file?.form === 'text' ? file.text : '';
}

function blocks(of: Plan, name: string): readonly ParsedBlock[] {
  return parseFile(config(of)).filter((block) => block.name === name);
}

const three = plan({ tenants: [tenant('platform'), tenant('team-b', ['shop', 'cart']), tenant('idle')] });

describe('alloy', () => {
  it.each([
    ['one tenant', plan()],
    ['three tenants', three],
    ['names that become one label', plan({ tenants: [tenant('a-b'), tenant('a_b', ['x']), tenant('9', ['y'])] })],
  ])('holds together with %s', (_, of) => {
    expect(checkFile(config(of))).toEqual([]);
  });

  it('gives a tenant a pipeline if anything of this cluster is its own', () => {
    const names = blocks(three, 'loki.write').map(({ label }) => label);
    expect(names).toEqual(['platform', 'team_b']);
  });

  it('parts namespaces: what one tenant keeps, the first drops', () => {
    const rules = blocks(three, 'discovery.relabel')
      .filter(({ label }) => label?.startsWith('logs_'))
      .map((block) => block.blocks[0]?.attributes);
    expect(rules.map((rule) => rule?.get('regex'))).toEqual([['"shop|cart"'], ['"shop|cart"']]);
    expect(rules.map((rule) => rule?.get('action'))).toEqual([['"drop"'], ['"keep"']]);
    const endpoints =
      blocks(three, 'prometheus.remote_write')[0]?.blocks.filter(({ name }) => name === 'endpoint') ?? [];
    const written = endpoints.map((endpoint) => endpoint.blocks.find(({ name }) => name === 'write_relabel_config'));
    expect(written.map((rule) => rule?.attributes.get('action'))).toEqual([['"drop"'], ['"keep"']]);
  });

  it('lets a single tenant have everything without a rule', () => {
    expect(config(plan())).not.toContain('write_relabel_config');
    expect(config(plan())).not.toContain('logs_main');
  });

  it('pushes as the tenant and writes no password', () => {
    const text = config(three);
    expect(text).toContain('username      = "team-b"');
    expect(text).toContain('password_file = "/etc/tenant-credentials/team-b"');
    expect(text).not.toMatch(/\bpassword\s+=/);
  });

  it('shows what the tenant has: a password, a token or a certificate', () => {
    const of = plan({
      tenants: [
        tenant('main'),
        { ...tenant('team-b', ['b']), credential: 'token' },
        { ...tenant('team-c', ['c']), credential: 'certificate' },
      ],
      collection: { ...plan().collection, certificateUrl: 'https://gateway.example.com:8443' },
    });
    const text = config(of);
    expect(checkFile(text)).toEqual([]);
    const endpoints = [...blocks(of, 'loki.write'), ...blocks(of, 'prometheus.remote_write')].flatMap((one) =>
      one.blocks.filter(({ name }) => name === 'endpoint'),
    );
    const shows = ({ attributes, blocks: inner }: ParsedBlock) =>
      [...attributes.keys(), ...inner.map(({ name }) => name)].filter((name) => /^(?:basic|bearer|tls)/.test(name));
    expect(endpoints.map(shows)).toEqual([
      ['basic_auth'],
      ['bearer_token_file'],
      ['tls_config'],
      ['basic_auth'],
      ['bearer_token_file'],
      ['tls_config'],
    ]);
    expect(text).toMatch(/bearer_token_file += "\/etc\/tenant-credentials\/team-b"/);
    expect(text.match(/url += "https:\/\/gateway\.example\.com:8443\//g)).toHaveLength(2);
  });

  it('counts what the gateway refuses once, where its lines pass', () => {
    const matching = (of: Plan) =>
      blocks(of, 'loki.process').filter(({ blocks: inner }) => inner.some(({ name }) => name === 'stage.match'));
    expect(matching(three).map(({ label }) => label)).toEqual(['platform']);
    const own = plan({ tenants: [tenant('main'), { ...tenant('own', ['monitoring', 'observability']), own: true }] });
    expect(matching(own).map(({ label }) => label)).toEqual(['own']);
    expect(matching(plan({ role: 'edge' }))).toEqual([]);
  });

  it('keeps the file name and the pod until the parts of a line are joined', () => {
    const order = blocks(plan(), 'loki.process')[0]?.blocks.map(({ name }) => name);
    expect(order).toEqual(['stage.cri', 'stage.structured_metadata', 'stage.label_drop', 'stage.match']);
  });

  it('puts the cluster on everything and scrapes at the pace of the spec', () => {
    const text = config(plan({ collection: { ...plan().collection, clusterLabel: 'eu', scrapeIntervalSeconds: 5 } }));
    expect(text.match(/cluster = "eu",/g)).toHaveLength(2);
    expect(text).toContain('scrape_interval = "5s"');
    expect(text).toContain('scrape_timeout  = "5s"');
    expect(text).not.toContain('"30s"\n\tscrape');
  });

  it('patches the address of the peers only where the domain is another', () => {
    expect(alloy(plan(), componentPlan({})).patchFiles).toEqual([]);
    const kubernetes = { ...plan().kubernetes, clusterDomain: 'k8s.example' };
    const [patch] = alloy(plan({ kubernetes }), componentPlan({})).patchFiles;
    expect(JSON.stringify(patch)).toContain('alloy.monitoring.svc.k8s.example:12345');
  });
});
