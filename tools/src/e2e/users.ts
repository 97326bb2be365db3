import type { Cluster } from './cluster.ts';
import type { Credential } from './front-door.ts';

/**
 * Whom the fixtures `single` and `outside` name: three tenants, of which gamma has a token; a writer of alpha; a reader of
 * alpha and beta.
 */
export interface Users {
  readonly alpha: Credential;
  readonly beta: Credential;
  readonly gamma: Credential;
  readonly courier: Credential;
  readonly both: Credential;
}

export async function usersOf(cluster: Cluster): Promise<Users> {
  const [alpha, beta, gamma, courier, both] = await Promise.all([
    cluster.credential('alpha'),
    cluster.credential('beta'),
    cluster.credential('gamma', 'token'),
    cluster.credential('courier', 'token'),
    cluster.credential('both'),
  ]);
  return { alpha, beta, gamma, courier, both };
}
