export { findWorkflow, type WorkflowPlace } from "./documents.ts";
export { completeInputs, inputSchema } from "./inputs.ts";
export type { MessageExchange, ReceivedMessage, StepMessage, WantedMessages } from "./messages.ts";
export { runWorkflow } from "./run-workflow.ts";
export type {
  CriterionResult,
  JourneyObserver,
  JourneyRun,
  RunOptions,
  StepRequest,
  StepResponse,
  StepRun,
  TakenAction,
} from "./types.ts";
