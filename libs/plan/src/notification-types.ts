/** Who is told of alerts, and how. */

/** A value that a program reads from a file of a Secret. */
export interface SecretFile {
  readonly secret: string;
  readonly key: string;
}

export type ReceiverPlan = { readonly name: string } & (
  | {
      readonly kind: 'email';
      readonly to: readonly string[];
      readonly from: string;
      /** `host:port`. */
      readonly smarthost: string;
      readonly signIn?: { readonly username: string; readonly password: SecretFile };
    }
  | {
      readonly kind: 'slack';
      readonly channel: string;
      readonly url: SecretFile;
      /** Of the address, which is a secret itself: `host` or `host:port`. */
      readonly host: string;
    }
  | { readonly kind: 'pagerduty'; readonly routingKey: SecretFile; readonly url: string }
  | {
      readonly kind: 'webhook';
      readonly url: string | (SecretFile & { readonly host: string });
      readonly bearer?: SecretFile;
    }
);

/** Names of receivers by severity; `others` are alerts of any other, or of none. Empty: nobody is told. */
export interface RoutePlan {
  readonly critical: readonly string[];
  readonly warning: readonly string[];
  readonly info: readonly string[];
  readonly others: readonly string[];
}

/** Where somebody's alerts go. */
export interface AlertsPlan {
  readonly routes: RoutePlan;
  /** Those that the routes name, and no other. */
  readonly receivers: readonly ReceiverPlan[];
  /** Whose word it is: `spec.notifications`, `spec.tenants payments.alerts`. */
  readonly said: string;
}

/** What a hub's `spec.notifications` says. */
export interface NotificationsPlan extends AlertsPlan {
  /** Hears of an alert that always fires. */
  readonly deadMansSwitch?: { readonly receiver: ReceiverPlan; readonly intervalSeconds: number };
}
