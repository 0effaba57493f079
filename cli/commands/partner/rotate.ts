import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { rotateCredentials } from "../../partner/rotate-credentials.ts";
import { textAt } from "../../views/fields.ts";

export default class PartnerRotate extends EcoCommand {
  static override summary = "Replace your client secret; the former one counts beside it for a while.";
  static override description =
    "The new secret is kept in the profile, for you alone, and never printed. Cut off at any moment, or with no room to keep it, run the command again: it asks under the same key and is given the same secret. The end of the former one is on the virtual clock. With --now it ends as soon as the new one is kept and has signed in. Signing secrets of endpoints are replaced by `eco events endpoints rotate`.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    { description: "Time to change over", command: "<%= config.bin %> <%= command.id %> --overlap P3D" },
    { description: "The secret got into wrong hands", command: "<%= config.bin %> <%= command.id %> --now" },
    {
      description: "Credentials that another of your systems uses",
      command: "<%= config.bin %> <%= command.id %> client_01 --secret-file billing.secret",
    },
  ];
  static override args = {
    credential: Args.string({
      description: "Id of the credentials to replace, as `eco partner show` lists them; all where left out.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    overlap: Flags.string({
      helpValue: "<duration>",
      summary: "How long the former secret still counts, like PT12H or P3D; a day where nothing is said.",
      exclusive: ["now"],
    }),
    now: Flags.boolean({ summary: "End the former secret as soon as the new one is kept." }),
    "secret-file": Flags.string({
      helpValue: "<file>",
      summary: "File to write the new secret to, in place of the profile.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(PartnerRotate);
    const session = await this.session(flags);
    const { file, ...rotated } = await rotateCredentials(
      session,
      {
        clientId: args.credential,
        overlap: flags.overlap,
        endsFormer: flags.now,
        secretFile: flags["secret-file"],
      },
      this.out,
    );
    this.out.success(`The new secret, of ${rotated.clientId}, is in ${file}.`);
    for (const id of rotated.ended) this.out.note(`${id} has ended.`);
    for (const each of rotated.former)
      this.out.note(
        `${textAt(each, "clientId")} counts beside it until ${textAt(each, "expiresAt")} of virtual time.`,
      );
    if (rotated.former.length > 0)
      this.out.note("Change over whatever else uses it by then; tokens that it got run out by themselves.");
    if (flags["secret-file"] !== undefined && session.settings.profile?.clientSecret !== undefined)
      this.out.warn(`The profile ${session.settings.profileName.value} still holds the secret that it had.`);
    return { result: { ...rotated, secretFile: file } };
  }
}
