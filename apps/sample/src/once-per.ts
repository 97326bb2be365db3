/** Passes a text on unless the same one was passed on less than `milliseconds` ago. Remembers a hundred texts. */
export function oncePer(milliseconds: number, pass: (text: string) => void): (text: string) => void {
  const passed = new Map<string, number>();
  return (text) => {
    const now = Date.now();
    if (now - (passed.get(text) ?? -Infinity) < milliseconds) return;
    if (passed.size >= 100) passed.clear();
    passed.set(text, now);
    pass(text);
  };
}
