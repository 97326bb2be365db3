/** What the two checks of a fault are called: `NAMED` and what happened; the alert, `HEARD` and what happened. */
export const NAMED = 'the doctor names the cause: ';
export const HEARD = ' is true, and waits to fire: ';
