/** Who may import whom. Every rule is an error; the reasons are in CONTRIBUTING.md. */
const pure = "^sandbox/(rating|ledger)/";

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Not among types either: what names each other can only be read together.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(astro:|virtual:|/)" },
    },
    {
      name: "rating-and-ledger-are-pure",
      comment:
        "They import their own files, the Temporal polyfill and one pure hash: the same bytes on every host.",
      severity: "error",
      from: { path: pure },
      to: { pathNot: [pure, "temporal-polyfill", "@noble/hashes"] },
    },
    {
      name: "measures-are-pure",
      comment:
        "What a scorecard computes: arithmetic of the rating core over plain facts, and the names of the measures that documents use.",
      severity: "error",
      from: { path: "^sandbox/measures/" },
      to: {
        pathNot:
          "^sandbox/(measures|rating)/|^specs/engine/catalog/(brief-rules|measures|pointer|signals|untyped)[.]ts$",
      },
    },
    {
      name: "the-network-is-pure",
      comment:
        "Who pays whom, from plain legs: nothing is known but graphs, and that others wait while one is counted.",
      severity: "error",
      from: { path: "^sandbox/network/" },
      to: { pathNot: "^sandbox/(network|rating|ledger)/|^sandbox/values/pages[.]ts$|graphology" },
    },
    {
      name: "simulation-is-pure",
      comment: "Made-up traffic on the cores of rating and ledger: the same bytes in a page and in Node.",
      severity: "error",
      from: { path: "^sandbox/simulation/" },
      to: { pathNot: "^sandbox/(simulation|rating|ledger)/|^sandbox/values/ids[.]ts$" },
    },
    {
      name: "engine-knows-no-sandbox",
      comment: "What the engine drives (a fetch, a clock, an observer) is passed in.",
      severity: "error",
      from: { path: "^specs/engine/" },
      to: { path: "^(sandbox|cli|portal)/" },
    },
    {
      name: "capabilities-decide-only",
      severity: "error",
      from: { path: "^sandbox/(capabilities|resources)/" },
      to: { path: "^(sandbox/(pipeline|hosts)|cli|portal|test)/|^sandbox/store/(?!store|overlay)" },
    },
    {
      name: "the-verifier-is-independent",
      comment: "It checks the engine's figures with arithmetic, calendar and code of its own.",
      severity: "error",
      from: { path: "^test/sandbox/rating/verifier/" },
      to: { pathNot: "^test/sandbox/rating/verifier/|^node:|canonicalize|^crypto$" },
    },
    {
      name: "hosts-go-through-the-pipeline",
      severity: "error",
      from: { path: "^sandbox/hosts/" },
      to: { path: "^sandbox/(capabilities|resources|rating|ledger)/" },
    },
    {
      name: "browser-host-without-node",
      comment:
        "Everything that the browser host or the entries of rating and ledger reach must run in a page.",
      severity: "error",
      from: {
        path: "^(sandbox/hosts/browser|sandbox/browser|sandbox/testing/browser|sandbox/(rating|ledger|simulation)/index)\\.ts$",
      },
      to: {
        reachable: true,
        path: "^node:|^(fs|path|crypto|os|url|http|https|net|stream|util|child_process)$",
      },
    },
    {
      name: "cli-uses-the-public-sandbox",
      comment: "A currency's decimals are asked for by nearly every command: they come without the engine.",
      severity: "error",
      from: { path: "^cli/" },
      to: {
        path: "^sandbox/",
        pathNot:
          "^sandbox/(index|browser|session/index|rating/(index|currency)|ledger/index|simulation/index|hosts/http)\\.ts$",
      },
    },
    {
      name: "portal-never-imports-cli",
      severity: "error",
      from: { path: "^portal/" },
      to: { path: "^cli/" },
    },
    {
      name: "nobody-imports-cli-or-portal",
      severity: "error",
      from: { path: "^(specs|sandbox)/" },
      to: { path: "^(cli|portal)/" },
    },
    {
      name: "product-never-imports-tests",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules/.cache|[.]astro)/|^specs/generated/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
