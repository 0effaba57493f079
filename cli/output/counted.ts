/** `1 row`, `3,000 rows`; `1 delivery`, `2 deliveries`. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
