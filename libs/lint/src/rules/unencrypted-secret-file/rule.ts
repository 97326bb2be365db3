import { text } from '@lgtm-fleet/manifests';
import { inFile } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { valuesOf } from '../../view/committed-secrets.ts';

/** What SOPS writes in place of a value. An empty one it leaves as it is. */
const ENCRYPTED = /^ENC\[[\s\S]+\]$|^$/;

export const rule: Rule = {
  meta: {
    id: 'unencrypted-secret-file',
    family: 'kubernetes',
    severity: 'error',
    description: 'A Secret below `clusters/<cluster>/secrets/` is not encrypted, or not all of it.',
    why: 'Whoever reads the repository, now or in its history, has what it holds; base64 hides nothing.',
    source: 'https://github.com/getsops/sops#encrypting-only-parts-of-a-file',
  },
  *cluster(cluster) {
    for (const { file, value } of cluster.secretFiles) {
      if (text(value, 'kind') !== 'Secret') continue;
      const plain = valuesOf(value).filter(({ value: each }) => typeof each !== 'string' || !ENCRYPTED.test(each));
      for (const { field, key } of plain)
        yield {
          // Not at the value: what is shown of a finding ends up in logs.
          place: inFile(file, field),
          message: `the value of \`${key}\` is in plain text`,
          help: 'run `sops --encrypt --in-place` over the file, and change the value, since the history keeps it',
        };
      if (plain.length === 0 && text(value, 'sops', 'mac') === undefined)
        yield {
          place: inFile(file, 'metadata', 'name'),
          message: 'the file has values of SOPS, and not the seal over them (`sops.mac`): it cannot be decrypted',
          help: 'commit the file as `sops` wrote it',
        };
    }
  },
};
