import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openssl } from './certificates.ts';

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate: its name in the folder, its subject, and which authority signs it. */
export interface Wanted {
  readonly name: string;
  readonly subject: string;
  readonly by: 'ours' | 'theirs';
}

/** One authority signs the gateway and its clients; another one is nobody's. What reads a file of them. */
export function clientCertificates(folder: string, wanted: readonly Wanted[]): (file: string) => string {
  const run = (...words: readonly string[]) => execFileSync(openssl ?? '', words, { cwd: folder, stdio: 'ignore' });
  for (const authority of ['ours', 'theirs']) {
    const out = ['-keyout', `${authority}.key`, '-out', `${authority}.crt`];
    run('req', '-x509', ...KEY, '-days', '2', '-subj', `/CN=${authority}`, ...out);
  }
  for (const { name, subject, by } of wanted) {
    run('req', '-new', ...KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const signed = ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', '2', '-out', `${name}.crt`];
    run('x509', '-req', '-in', `${name}.csr`, ...signed);
  }
  return (file) => readFileSync(join(folder, file), 'utf8');
}
