/** An amount of money in fen (1/100 yuan), a whole number. */
export type Fen = number;

/** Checks that a number is an amount: a safe, whole, non-negative number of fen. */
export function fen(amount: number): Fen {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not an amount in fen: ${amount}`);
  return amount;
}

/** `1250000` → `12,500`; fen are shown only where there are any: `1250050` → `12,500.50`. */
export function formatYuan(amount: Fen): string {
  const yuan = Math.trunc(amount / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = Math.abs(amount % 100);
  return rest === 0 ? yuan : `${yuan}.${String(rest).padStart(2, '0')}`;
}
