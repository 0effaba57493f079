/** A text as YAML reads it wherever a value may stand, whatever it holds: JSON is YAML. */
export const quote = (text: string): string => JSON.stringify(text);
