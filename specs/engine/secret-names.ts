const SECRETS =
  /secret|password|passphrase|token|assertion|api[-_]?key|private[-_]?key|credential|authorization/i;

/** Whether a field, a header or a parameter holds what nobody but its owner may know, by the names that APIs give them. */
export const namesSecret = (name: string): boolean => SECRETS.test(name);

/** Whether a header does: cookies too, which say who somebody is. */
export const headerNamesSecret = (name: string): boolean => namesSecret(name) || /cookie/i.test(name);
