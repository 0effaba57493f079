/** An absolute URL of http or https; undefined for anything else. */
export function httpUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** Whether a text is such a URL, and holds no credentials. */
export function isPlainHttpUrl(text: string): boolean {
  const url = httpUrl(text);
  return url?.username === "" && url.password === "";
}
