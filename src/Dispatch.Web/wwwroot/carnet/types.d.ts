// Shapes of the survivor's page, kept out of what her phone has to load.

export interface Envelope { kid: string; epk: string; iv: string; box: string }

/** What stays on the phone until the service has it: nothing that can be read. */
export interface Kept { key: string; composedAt: number; envelope: Envelope; cancel?: Envelope }

export interface Receipt {
  id: string; version: number; status: string; survivorToken: string; fallbackNumber?: string; receivedAt: string;
}

export type Attempt =
  | { outcome: "received"; receipt: Receipt }
  | { outcome: "refused"; code: string; servedAt: number }
  | { outcome: "later"; busy: boolean; wait: number };

/** over: "" means try again. */
export interface Delivery { over: "" | "sent" | "tooOld" | "notTaken"; wait: number }

export type Progress =
  | { at: "kept"; onDisk: boolean; composedAt: number }
  | { at: "waiting"; busy: boolean; code: string }
  | { at: "received"; receipt: Receipt }
  | { at: "refused"; code: string }
  | { at: "tooOld" };

/** A raise under way. cancel() says whether the service may know of it by now. */
export interface Control {
  stopped: boolean; tried: boolean; key: string; pin: string | null; stored: Promise<unknown>;
  store(): Promise<unknown>; cancel(pin: string): boolean; forget(key?: string): Promise<void>;
}

export type Body = Record<string, unknown>;
export type Question = "needs" | "police" | "where" | "contact" | "code";

export interface Need {
  need: string; state: "asking" | "accepted" | "closed"; mode?: string; etaMinutes?: number; etaAt?: string; acceptedAt?: string; leg?: "aboard" | "there";
  meetingPoint?: { no: number; agreed: boolean; place: { landmark?: string; latitude?: number; longitude?: number } };
}

export interface View {
  id: string; version: number; status: string; receivedAt: string; toldCount: number;
  needs: Need[]; humanAnswered: boolean; needsContact?: boolean; fallbackNumber: string; ended?: string;
}

export interface Listener { news(view: View, servedAt: number): void; same(servedAt: number): void; silence(): void; gone(): void }

export interface State {
  phase: "kept" | "received" | "refused" | "tooOld" | "cancelled";
  onDisk: boolean; composedAt: number; waiting: "" | "network" | "busy"; receivedAt: string; view: View | null;
  offset: number; heardAt: number; silent: boolean; gone: boolean; cancelPending: boolean;
  /** By which the service knows this request again, however it comes, and what she asked for in words. */
  code: string; needs: string[];
}

export interface Addition { body: Body; key?: string; done(outcome: "added" | "pin" | "refused"): void }
