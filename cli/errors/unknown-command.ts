import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";

/** For a command that does not exist: `known` holds all command ids, words separated by spaces. */
export function unknownCommand(words: readonly string[], known: readonly string[]): EcoError {
  let depth = 0;
  while (depth < words.length && known.some((id) => startsWithWords(id, words.slice(0, depth + 1)))) depth++;
  const topic = words.slice(0, depth).join(" ");
  const wrong = words[depth] ?? "";
  const siblings = [
    ...new Set(
      known
        .filter((id) => startsWithWords(id, words.slice(0, depth)))
        .map((id) => id.split(" ")[depth] ?? ""),
    ),
  ];
  const hint = didYouMean(
    wrong,
    siblings.filter((word) => word !== ""),
  );
  const help = topic === "" ? "See `eco --help`." : `See \`eco ${topic} --help\`.`;
  const full = topic === "" ? wrong : `${topic} ${wrong}`;
  return new EcoError("ECO_COMMAND_UNKNOWN", `eco has no command \`${full}\`.`, {
    fix: hint === undefined ? help : `${hint} ${help}`,
  });
}

function startsWithWords(id: string, words: readonly string[]): boolean {
  const own = id.split(" ");
  return words.every((word, i) => own[i] === word);
}
