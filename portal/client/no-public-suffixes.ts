/**
 * Stands in for the table of public suffixes that MSW's cookie store brings along: 114 KB which no page of ours looks at,
 * since the sandbox here is called directly and keeps no cookies.
 */
export function getDomain(): null {
  return null;
}

export function getPublicSuffix(): null {
  return null;
}

export function getHostname(): null {
  return null;
}

export function parse(): Record<string, never> {
  return {};
}
