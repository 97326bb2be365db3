import { z } from 'zod';
import { clientId, project, region, roleArn, uuid } from './discovered.ts';

/** What clouds measure themselves. Signed in by workload identity: there is no key. */

export const clouds = {
  cloudwatch: z
    .strictObject({
      region,
      roleArn,
      services: z
        .array(
          z.strictObject({
            namespace: z.string().regex(/^AWS\/[A-Za-z0-9]+$/, 'a namespace such as `AWS/RDS`'),
            metrics: z
              .array(
                z.strictObject({
                  name: z
                    .string()
                    .regex(/^[A-Za-z][\w.%/-]*$/, 'the name of a metric such as `CPUUtilization`')
                    .max(255),
                  statistics: z.array(z.enum(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'])).min(1),
                }),
              )
              .min(1)
              .max(100),
            tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
          }),
        )
        .min(1)
        .max(50),
    })
    .optional(),
  azureMonitor: z
    .strictObject({
      subscriptions: z.array(uuid).min(1).max(50),
      clientId,
      resourceType: z
        .string()
        .regex(/^[A-Za-z]+\.[A-Za-z]+(\/[A-Za-z]+)+$/, 'a type such as `Microsoft.Storage/storageAccounts`'),
      metrics: z.array(z.string().min(1).max(128)).min(1).max(100),
      regions: z
        .array(z.string().regex(/^[a-z0-9]+$/, 'a region such as `westeurope`'))
        .max(30)
        .default([]),
    })
    .optional(),
  gcp: z
    .strictObject({
      projects: z.array(project).min(1).max(50),
      metricPrefixes: z
        .array(z.string().regex(/^[a-z0-9.-]+\/[\w./-]+$/, 'a prefix such as `pubsub.googleapis.com/subscription`'))
        .min(1)
        .max(100),
    })
    .optional(),
};
