import type { ClientApi } from "./client.ts";
import { inComment, inMarkdown } from "./code.ts";
import { receivedMessages } from "./events.ts";
import type { FirstCall } from "./first-call.ts";
import type { StarterParts } from "./member.ts";

/** `README.md`: what is there, and what comes next. */
export function readmeSource(
  starter: StarterParts,
  apis: readonly ClientApi[],
  call: FirstCall | undefined,
): string {
  const { catalog, member, profile } = starter;
  const { title, roles } = catalog.ecosystem;
  const role = roles.find(({ id }) => id === member.role)?.title ?? member.role;
  const receives = receivedMessages(catalog).length > 0;
  const as = profile === "default" ? "" : ` --profile ${profile}`;
  const clients = apis.map(({ name }) => `\`${name}\``).join(", ");
  const rows = [
    [`src/client.ts`, `${clients}: every operation, typed by the documents`],
    ...(call === undefined
      ? []
      : [["src/first-call.ts", inMarkdown(call.operation.summary || call.operation.id)]]),
    ["src/sender.ts", "signs in, repeats what is safe to repeat, waits as long as it is told to"],
    ...(receives
      ? [
          ["src/events.ts", "what you do with each event: yours to fill"],
          ["src/receiver.ts", "checks signature, age and id of what comes in"],
          ["src/memory.ts", "which events were handled"],
        ]
      : []),
    ["src/types", "made from the documents; `npm run types` makes them anew"],
    ["test/certification.test.ts", "each check of the certification as a test"],
    ["eco-partner.json", "what you say that you do; it decides which checks apply"],
  ];
  return `# ${inMarkdown(member.party)} at ${inMarkdown(title)}

A starter for ${article(role)} ${inMarkdown(role.toLowerCase())}. It holds no secrets: they stay in the profile \`${profile}\` that \`eco onboard\` has written.

\`\`\`sh
npm install
npm test${call === undefined ? "" : "\nnpm run call"}
\`\`\`

\`npm test\` shows where you stand: a test for each check, with its fix where it fails. ${call === undefined ? "" : `\`npm run call\`: ${sentence(inMarkdown(call.operation.summary || call.operation.id))}`}

| File | Holds |
|---|---|
${rows.map(([file, holds]) => `| \`${file}\` | ${holds} |`).join("\n")}
${
  receives
    ? receiverText(
        catalog.operations.some(({ capability }) => capability?.name === "webhooks.create"),
        as,
      )
    : ""
}`;
}

function receiverText(registers: boolean, as: string): string {
  const listen = `Without a public address, let the events be brought to it: \`npx eco events listen --forward-to http://127.0.0.1:3000/webhooks${as}\`. It names the file with its signing secret: put that into \`ECO_WEBHOOK_SECRET_FILE\` before you start the receiver.`;
  const register = `Start the receiver, then register it at its public address; the sandbox's challenge is answered, and the signing secret goes into the profile:

\`\`\`sh
npm start
npx eco onboard --webhook https://partner.example/webhooks${as}
\`\`\`

`;
  return `
## Events

${registers ? register : "Start the receiver with `npm start`.\n\n"}${listen}
`;
}

const article = (word: string): string => (/^[aeiou]/i.test(word) ? "an" : "a");
const sentence = (text: string): string => `${inComment(text).replace(/\.$/, "")}.`;
