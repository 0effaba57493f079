/** What is there already, or comes: nobody waits for what is there. */
export type Soon<T> = T | Promise<T>;

/** Goes on with what is there at once, and with what comes when it has come. */
export function after<T, U>(value: Soon<T>, next: (value: T) => Soon<U>): Soon<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
