/** A counter of a program, summed over those of its series whose labels have a text; absent is undefined. */
export async function counter(url: string, name: string, labelled = ''): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = [...text.matchAll(new RegExp(`^${name}(\\{.*\\})? (\\S+)$`, 'gm'))]
    .filter(([, labels = '']) => labels.includes(labelled))
    .map(([, , value]) => Number(value));
  return found.length === 0 ? undefined : found.reduce((sum, value) => sum + value, 0);
}
