import type { Fields } from "../http/api-client.ts";
import type { Column } from "../output/table.ts";
import { column, textAt } from "./fields.ts";

/** What waits for whom; what is overdue is marked. */
export const waitingColumns: Column<Fields>[] = [
  {
    header: "By",
    value: (item) => (item["overdue"] === true ? `${textAt(item, "dueAt")} !` : textAt(item, "dueAt")),
  },
  column("Turn", "turn"),
  column("Task", "task"),
  column("Command", "command"),
];
